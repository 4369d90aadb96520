"""What people come for, from the first click to the last, in a real browser."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from hunar.demo.people import DEMO_PASSWORD
from tests.browser.conftest import environment, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
SIGN_IN = "Sign in"
NOT_SAVED = "Not saved yet: will try again"

PREPARE = """
import json, sys
import django
django.setup()
from hunar.exams.models import Attempt
from hunar.cohorts.models import Enrolment
from hunar.selection.models import Nomination
from hunar.kernel.queries import setting
from hunar.people.models import Account

started = Attempt.objects.values("enrolment")
accounts = list(
    Account.objects.filter(
        person__in=Enrolment.objects.filter(cohort__code="CYB-RUN", state="enrolled")
        .exclude(pk__in=started)
        .values("person"),
        authenticator=None,
    )
    .exclude(login__in=setting("demo.cast").values())
    .order_by("login")[:3]
)
for account in accounts:
    account.set_password(sys.argv[1])
    account.save()
nominated = Nomination.objects.filter(call__state="closed").select_related("person")
print(json.dumps({
    "logins": [account.login for account in accounts],
    "nominated": sorted({nomination.person.family for nomination in nominated}),
}))
"""


@dataclass
class Academy:
    """The served academy, three learners before their exam, and who must stay anonymous."""

    port: int
    logins: list[str]
    nominated: list[str]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def academy(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Academy]:
    """A copy of the demo academy of its own, so that what is done here disturbs nobody."""
    folder = tmp_path_factory.mktemp("journeys") / "academy"
    shutil.copytree(demo_folder, folder, ignore=shutil.ignore_patterns("hunar.sqlite3*"))
    if (demo_folder / "hunar.sqlite3").exists():
        source, copy = (sqlite3.connect(f / "hunar.sqlite3") for f in (demo_folder, folder))
        source.backup(copy)
        source.close()
        copy.close()
    answer = subprocess.run(
        [sys.executable, "-c", PREPARE, DEMO_PASSWORD],
        env=environment(folder, port=8000),
        check=True,
        capture_output=True,
        text=True,
    )
    prepared = json.loads(answer.stdout.splitlines()[-1])
    with served(folder) as port:
        yield Academy(port=port, **prepared)


@pytest.fixture
def visit(academy: Academy, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a browser of its own, signed in as a role of the demo if one is named."""
    contexts = []

    def open_page(role: str = "", **options: Any) -> Any:
        options = {"base_url": academy.base} | options
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        speak_english(page, options["base_url"])
        if role:
            page.goto("/demo/")
            page.locator(f'button[name="as"][value="{role}"]').click()
            page.wait_for_url("**/home/")
            speak_english(page, options["base_url"])
            page.goto("/home/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def speak_english(page: Any, address: str) -> None:
    """Signing in brings a person's own language; the words in here are English."""
    base = urljoin(address, "/")
    page.context.add_cookies([{"name": "language", "value": "en", "url": base}])


def expect(of: Any) -> Any:
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(of)


def sign_in(page: Any, login: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Personnel number or login").fill(login)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name=SIGN_IN, exact=True).click()
    page.wait_for_url("**/home/")
    speak_english(page, page.url)


def start_exam(page: Any) -> None:
    page.goto("/exams/own/")
    page.get_by_role("link", name="Read the rules").click()
    page.get_by_label("English").check()
    page.get_by_role("button", name="Start the exam").click()
    expect(page.locator("[data-question]")).not_to_have_count(0)


def question(page: Any, position: int) -> Any:
    return page.locator(f'[data-question="{position}"]')


def answer(page: Any, position: int) -> None:
    asked = question(page, position)
    if asked.locator("input[type=radio]").count():
        asked.locator("input[type=radio]").nth(position % 2).check()
    else:
        asked.locator("input[type=text]").fill(str(position))
        asked.locator("input[type=text]").blur()


def given_answers(page: Any) -> list[str]:
    chosen = page.locator("[data-question] input:checked[type=radio]")
    written = page.locator("[data-question] input[type=text]")
    return [field.input_value() for field in [*chosen.all(), *written.all()]]


def test_a_learner_takes_the_exam_through_a_lost_connection_and_hands_in_once(
    academy: Academy, visit: Callable[..., Any]
):
    page = visit()
    sign_in(page, academy.logins[0])
    start_exam(page)
    address = page.url

    for position in range(1, 6):
        answer(page, position)
        expect(question(page, position).locator("[data-state=saved]")).to_contain_text("Saved at")

    page.context.set_offline(True)
    for position in (6, 7):
        answer(page, position)
        expect(question(page, position).locator("[data-state]")).to_have_text(NOT_SAVED)
    expect(page.locator("[data-exam-note]")).to_contain_text("They are kept here and sent again")
    assert page.url == address
    page.context.set_offline(False)
    for position in range(1, 8):
        expect(question(page, position).locator("[data-state=saved]")).to_contain_text("Saved at")
    expect(page.locator("[data-exam-note]")).to_have_text("All answers are saved")

    before = given_answers(page)
    page.reload()
    assert given_answers(page) == before
    expect(page.locator("[data-answered-count]")).to_have_text("7")

    late = page.context.new_page()
    late.goto(f"{address}submit/")
    page.get_by_role("link", name="Finish the exam").click()
    receipt = hand_in(page)
    assert receipt["Answered"].startswith("7 /")

    assert hand_in(late) == receipt
    page.reload()
    assert facts(page) == receipt


def hand_in(page: Any) -> dict[str, str]:
    page.get_by_label("I hand in my answers and cannot change them any more.").check()
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()
    return facts(page)


def facts(page: Any) -> dict[str, str]:
    terms, values = page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts()
    return dict(zip(terms, values, strict=True))


def test_a_question_is_answered_and_saved_by_its_button_without_javascript(
    academy: Academy, visit: Callable[..., Any]
):
    page = visit(java_script_enabled=False)
    sign_in(page, academy.logins[1])
    start_exam(page)
    answer(page, 1)
    question(page, 1).get_by_role("button", name="Save and next").click()
    expect(question(page, 1)).to_contain_text("Saved at")
    kept = given_answers(page)
    page.reload()
    assert given_answers(page) == kept
    expect(page.locator("[data-answered-count]")).to_have_text("1")


def test_a_personnel_officer_nominates_somebody_from_the_staff_list(visit: Callable[..., Any]):
    page = visit("hr")
    page.get_by_role("link", name=re.compile("nominate", re.IGNORECASE)).first.click()
    row = (
        page.get_by_role("region", name="Staff")
        .get_by_role("row")
        .filter(has=page.get_by_text("met", exact=True))
        .filter(has=page.get_by_role("link", name="Nominate"))
        .first
    )
    row.get_by_role("link", name="Nominate").click()
    name = page.get_by_role("heading", level=1).inner_text()
    motivation = "Keeps the register of digital services and will guard its backups."
    page.get_by_label("Why this person and why this course").fill(motivation)
    page.get_by_label("The supervisor agrees to the absence").check()
    page.get_by_role("button", name="Nominate", exact=True).click()
    expect(page.locator("#messages")).not_to_be_empty()

    page.goto("/calls/")
    page.get_by_role("link", name="Call for the next courses").click()
    page.get_by_role("link", name="Nominations", exact=True).click()
    page.get_by_role("link", name=name).first.click()
    expect(page.locator("main")).to_contain_text(motivation)


def test_the_public_checks_a_certificate_by_its_code_and_a_wrong_name_does_not_match(
    visit: Callable[..., Any],
):
    officer = visit("officer")
    officer.goto("/certificates/register/?state=valid")
    row = officer.get_by_role("region", name="Certificates").locator("tbody tr").first
    name = row.locator("td").nth(1).inner_text().splitlines()[0]
    row.get_by_role("link").first.click()
    officer.get_by_text("Verification code").wait_for()
    code = facts(officer)["Verification code"]

    page = visit()
    page.goto("/certificates/verify/")
    page.get_by_label("Code or number").fill(code.lower())
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Genuine and valid")).to_be_visible()
    assert name not in page.locator("main").inner_text()
    for entered, said in (
        ("Öwezow Döwlet", "The name does not match"),
        (name, "The name matches"),
    ):
        page.get_by_label("Name on the paper").fill(entered)
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_text(said, exact=True)).to_be_visible()


def test_a_panel_member_marks_the_next_file_and_sees_no_name(
    academy: Academy, visit: Callable[..., Any]
):
    page = visit("panel1")
    page.get_by_role("link", name="Files wait for your marks").click()
    page.get_by_role("link", name="Next file").click()
    first = page.get_by_role("heading", level=1).inner_text()
    shown = page.locator("main").inner_text()
    assert academy.nominated
    assert [family for family in academy.nominated if family in shown] == []
    marked = number_in(page.get_by_text("You have marked").inner_text())

    for field in page.get_by_role("spinbutton").all():
        field.fill("7")
    page.get_by_role("button", name="Save and go to the next file").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    page.goto("/calls/marking/")
    assert number_in(page.get_by_text("You have marked").inner_text()) == marked + 1


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def test_the_appeals_officer_reads_the_case_file_and_decides_with_reasons(
    visit: Callable[..., Any],
):
    page = visit("appeals")
    page.goto("/calls/appeals/?state=received")
    waiting = page.get_by_role("region", name="Appeals").locator("tbody tr")
    if not waiting.count():
        pytest.skip("the one appeal of the demo was decided before: this database is not new")
    waiting.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Case file")).to_be_visible()
    expect(page.get_by_role("region", name="Requirements")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Cut-off of the open seats")

    page.get_by_label("dismiss the appeal").check()
    reasons = "Both marks follow the published rubric; the institution had its most seats."
    page.get_by_label("Reasons").fill(reasons)
    page.get_by_role("button", name="Decide the appeal").click()
    expect(page.get_by_role("heading", name="The decision")).to_be_visible()
    expect(page.locator("main")).to_contain_text(reasons)
    expect(page.get_by_role("button", name="Decide the appeal")).to_have_count(0)


def test_the_officer_opens_a_figure_and_reaches_the_records_behind_it(visit: Callable[..., Any]):
    page = visit("officer")
    page.goto("/evidence/")
    page.get_by_role("link", name="Digital government").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Persons trained"))
    reached = row.first.locator("td").nth(2).inner_text()
    row.first.get_by_role("link", name="Persons trained").click()
    expect(page.get_by_role("heading", name="Records behind the figure")).to_be_visible()
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages).to_contain_text(f"of {reached.strip()}")
    record = page.get_by_role("region", name="Records behind the figure").locator("tbody tr").first
    name = record.get_by_role("link").inner_text()
    record.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_person_adds_a_passkey_and_signs_in_with_it_alone(
    academy: Academy, visit: Callable[..., Any]
):
    # A passkey belongs to a host name; an address of numbers has none.
    page = visit(base_url=f"http://localhost:{academy.port}")
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, academy.logins[2])
    page.goto("/people/account/")
    page.get_by_role("link", name="Passkeys and security keys").click()
    page.get_by_role("link", name="Add a key").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the key").fill("Telephone")
    page.get_by_label("Sign in with this key alone, without the password").check()
    page.get_by_role("button", name="Add a key").click()
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="Telephone passkey")).to_be_visible()

    page.context.clear_cookies()
    speak_english(page, page.url)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/home/")
    page.goto("/people/account/")
    expect(page.locator("main")).to_contain_text(academy.logins[2])
