from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hunar.kernel.tables import write_xlsx
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person, sign_in
from hunar.selection.models import Call, Nomination, NominationImport, Place
from hunar.selection.services import file_appeal
from hunar.selection.tests.makers import (
    AFTER_CLOSE,
    DECISION,
    LATER,
    MARKING,
    WHILE_OPEN,
    close_call,
    decide_call,
    make_call,
    make_hr,
    make_nomination,
    make_officer,
    make_panel,
    make_staff,
    mark_all,
)
from hunar.selection.verification import check_protocol

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def while_open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def officer() -> Person:
    return make_officer()


def queries(client: Client, url: str, counted) -> int:  # type: ignore[no-untyped-def]
    with counted() as found:
        assert client.get(url).status_code == 200
    return len([q for q in found.captured_queries if not q["sql"].startswith(("SAVE", "RELEASE"))])


# Calls ----------------------------------------------------------------------


def test_an_officer_sees_drafts_and_nobody_else_does(client: Client, officer: Person):
    call = make_call(published=False)
    for person, status in ((officer, 200), (make_hr(), 404), (make_person(), 404)):
        sign_in(client, person)
        assert client.get(reverse("selection:call", args=[call.pk])).status_code == status


def test_a_stranger_is_asked_to_sign_in(client: Client):
    assert client.get(reverse("selection:calls")).status_code == 302


def test_the_call_shows_its_rules_in_words(client: Client):
    call = make_call()
    sign_in(client, make_person())
    page = client.get(reverse("selection:call", args=[call.pk])).content.decode()
    assert "Competency gap" in page
    assert "lottery with the committed seed" in page
    assert call.rules_sha256 in page


def test_the_list_is_searched_and_answers_htmx_with_rows(client: Client):
    make_call()
    sign_in(client, make_person())
    url = reverse("selection:calls")
    assert b"Call</a>" in client.get(url, {"q": "call"}).content
    assert b"No calls here" in client.get(url, {"q": "nothing"}).content
    fragment = client.get(url, headers={"HX-Request": "true"}).content
    assert b"<html" not in fragment


def test_an_officer_drafts_edits_and_publishes(client: Client, officer: Person, while_open: None):
    from hunar.selection.tests.makers import make_teaching_cohort

    cohort = make_teaching_cohort()
    sign_in(client, officer)
    texts = {f"{name}_{code}": "T" for name in ("title", "summary") for code in ("tk", "ru", "en")}
    answer = client.post(
        reverse("selection:create"),
        {
            **texts,
            "intake": cohort.intake_id,
            "cohorts": [cohort.pk],
            "opens_at": "2025-10-11T09:00",
            "closes_at": "2025-11-10T18:00",
        },
    )
    call = Call.objects.get()
    assert answer.headers["Location"] == reverse("selection:edit_rules", args=[call.pk])
    form = client.get(answer.headers["Location"]).context["forms"]
    posted = _posted(form)
    assert client.post(answer.headers["Location"], posted).status_code == 302
    call.refresh_from_db()
    assert call.rules["cohorts"][0]["seats"] == 7
    publish = reverse("selection:publish", args=[call.pk])
    assert client.get(publish).status_code == 200
    assert client.post(publish, {"confirmed": "yes"}).status_code == 302
    call.refresh_from_db()
    assert call.state == "published"
    answer = client.get(reverse("selection:edit_rules", args=[call.pk]))
    assert answer.status_code == 409
    assert b"call-frozen" in answer.content


def _posted(forms) -> dict[str, object]:  # type: ignore[no-untyped-def]
    posted: dict[str, object] = {}
    for form in [*forms.all, *forms.criteria.forms]:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False and bound.name != "DELETE":
                posted[bound.html_name] = value
    prefix = forms.criteria.prefix
    last = len(forms.criteria.forms) - 1
    posted[f"{prefix}-{last}-source"] = ""  # as the browser sends the empty row
    posted |= {f"{prefix}-TOTAL_FORMS": last + 1, f"{prefix}-INITIAL_FORMS": last}
    posted["cohort-0-seats"] = 7
    return posted


def test_the_rules_page_names_what_is_missing(client: Client, officer: Person):
    call = make_call(published=False)
    sign_in(client, officer)
    answer = client.post(reverse("selection:edit_rules", args=[call.pk]), {"who-min_grade": "-1"})
    assert answer.status_code == 200
    assert b"need your attention" in answer.content


def test_closing_and_deciding_ask_first(client: Client, officer: Person):
    call = make_call()
    make_nomination(call)
    with time_machine.travel(AFTER_CLOSE, tick=False):
        sign_in(client, officer)
        assert client.post(reverse("selection:close", args=[call.pk])).status_code == 200
        client.post(reverse("selection:close", args=[call.pk]), {"confirmed": "yes"})
    decide = reverse("selection:decide", args=[call.pk])
    with time_machine.travel(DECISION, tick=False):
        sign_in(client, officer)
        assert b"marks-missing" in client.get(decide).content
        mark_all(call)
        assert client.post(decide, {"confirmed": "yes"}).status_code == 302
        answer = client.post(decide, {"confirmed": "yes"})
    assert answer.status_code == 409
    assert b"call-decided" in answer.content


# Nominations ----------------------------------------------------------------


def test_hr_nominates_from_her_staff_list(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    person = make_staff(hr, family="Orazowa")
    sign_in(client, hr)
    staff = client.get(reverse("selection:staff", args=[call.pk]))
    assert b"Orazowa" in staff.content
    url = reverse("selection:nominate", args=[call.pk, person.ref])
    code = call.rules["cohorts"][0]["code"]
    form = {"wish_1": code, "wish_2": "", "motivation": "Runs the registry.", "has_consent": "on"}
    assert client.post(url, form).status_code == 302
    nomination = Nomination.objects.get()
    assert (nomination.person, nomination.preferences) == (person, [code])
    assert client.post(url, form).status_code == 409


def test_the_ticked_are_nominated_one_after_the_other(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    one, two = make_staff(hr), make_staff(hr)
    sign_in(client, hr)
    answer = client.get(
        reverse("selection:staff", args=[call.pk]),
        {"selected": [one.ref, two.ref], "act": "nominate"},
    )
    first = answer.headers["Location"]
    assert first.startswith(reverse("selection:nominate", args=[call.pk, one.ref]))
    code = call.rules["cohorts"][0]["code"]
    then = client.post(first, {"wish_1": code, "motivation": "x"}).headers["Location"]
    assert then == reverse("selection:nominate", args=[call.pk, two.ref])


def test_the_balance_counts_the_ticked(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    make_nomination(call, hr=hr, person=make_staff(hr, sex="M"))
    woman = make_staff(hr, sex="F")
    sign_in(client, hr)
    page = client.get(reverse("selection:balance", args=[call.pk]), {"selected": woman.ref})
    assert "50%" in page.content.decode().replace("\xa0", "")
    assert b"<html" not in page.content


def test_nobody_sees_the_staff_of_another_ministry(client: Client, while_open: None):
    call, hr, other = make_call(), make_hr(), make_hr()
    stranger = make_staff(other, family="Kakabaýewa")
    sign_in(client, hr)
    assert (
        "Kakabaýewa" not in client.get(reverse("selection:staff", args=[call.pk])).content.decode()
    )
    url = reverse("selection:nominate", args=[call.pk, stranger.ref])
    assert client.get(url).status_code == 404
    sign_in(client, make_officer())
    assert client.get(reverse("selection:staff", args=[call.pk])).status_code == 403


def test_a_nomination_is_seen_by_its_own_only(client: Client, officer: Person):
    hr = make_hr()
    nomination = make_nomination(make_call(), hr=hr)
    url = reverse("selection:nomination", args=[nomination.pk])
    for person, status in ((officer, 200), (hr, 200), (make_hr(), 404), (make_person(), 404)):
        sign_in(client, person)
        assert client.get(url).status_code == status
    sign_in(client, nomination.person)
    assert client.get(url).headers["Location"].endswith(f"/mine/{nomination.ref}/")


def test_hr_withdraws_and_replaces(client: Client, while_open: None):
    hr = make_hr()
    nomination = make_nomination(make_call(), hr=hr)
    sign_in(client, hr)
    url = reverse("selection:withdraw", args=[nomination.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, {"confirmed": "yes", "then": "replace"})
    assert answer.headers["Location"] == reverse("selection:staff", args=[nomination.call_id])


def test_the_list_is_filtered_sorted_and_exported(client: Client, officer: Person):
    call = decide_call(_with_nominations(3))
    sign_in(client, officer)
    url = reverse("selection:nominations", args=[call.pk])
    person = call.nominations.first().person
    assert person.family in client.get(url, {"q": person.family.lower()}).content.decode()
    assert b"No nominations here" in client.get(url, {"state": "withdrawn"}).content
    sorted_page = client.get(url, {"sort": "-points"})
    points = [each.points for each in sorted_page.context["page_obj"]]
    assert points == sorted(points, reverse=True)
    answer = client.get(reverse("selection:export", args=[call.pk]))
    assert answer.content[:2] == b"PK"
    for stranger, status in ((make_person(), 404),):
        sign_in(client, stranger)
        assert client.get(url).status_code == status


def _with_nominations(number: int, hr: Person | None = None) -> Call:
    call, hr = make_call(), hr or make_hr()
    for _ in range(number):
        make_nomination(call, hr=hr)
    return call


# Lists ----------------------------------------------------------------------

HEAD = "Personnel number;Family name;Date of birth;Cohorts;Consent of the supervisor;Motivation"


def _csv(*lines: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    content = "\n".join((HEAD, *lines)).encode(encoding)
    return SimpleUploadedFile("list.csv", content, content_type="text/csv")


def _upload(client: Client, call: Call, file: SimpleUploadedFile) -> NominationImport:
    answer = client.post(reverse("selection:upload", args=[call.pk]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return NominationImport.objects.latest("id")


def test_a_list_shows_every_bad_line_and_loses_no_good_one(client: Client, while_open: None):
    call, hr, other = make_call(), make_hr(), make_hr()
    code = call.rules["cohorts"][0]["code"]
    good, twice, nominated = (make_staff(hr) for _ in range(3))
    foreign = make_staff(other)
    make_nomination(call, hr=hr, person=nominated)
    sign_in(client, hr)
    upload = _upload(
        client,
        call,
        _csv(
            f"{good.personnel_number};{good.family};01.05.1990;{code};yes;Because",
            f"{twice.personnel_number};;;{code};yes;Because",
            f"{twice.personnel_number};;;{code};yes;Because",
            f"{foreign.personnel_number};;;{code};yes;Because",
            f"{nominated.personnel_number};;;{code};yes;Because",
            f"9999999;;;{code};yes;Because",
            f"{hr.personnel_number};Wrong;31.02.1990;NO-SUCH;perhaps;",
        ),
    )
    found = {row["number"]: sorted(p["code"] for p in row["problems"]) for row in upload.rows}
    assert found == {
        2: [],
        3: [],
        4: ["row-duplicate"],
        5: ["nomination-foreign-person"],
        6: ["nomination-exists"],
        7: ["personnel-number-unknown"],
        8: [
            "birth-date-unreadable", "consent-unreadable", "family-name-differs",
            "motivation-missing", "preference-unknown",
        ],
    }  # fmt: skip
    page = client.get(reverse("selection:import", args=[upload.pk])).content.decode()
    assert "nomination-foreign-person" in page
    assert "NO-SUCH is not a cohort of this call." in page
    client.post(reverse("selection:confirm_import", args=[upload.pk]))
    assert set(call.nominations.values_list("person_id", flat=True)) == {
        good.pk, twice.pk, nominated.pk,
    }  # fmt: skip
    again = client.post(reverse("selection:confirm_import", args=[upload.pk]))
    assert again.status_code == 409


def test_cp1251_and_names_in_cyrillic_are_read(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    person = make_staff(hr)
    Person.objects.filter(pk=person.pk).update(family_cyrillic="Оразова")
    sign_in(client, hr)
    code = call.rules["cohorts"][0]["code"]
    line = f"{person.personnel_number};Оразова;;{code};да;Потому что"
    upload = _upload(client, call, _csv(line, encoding="cp1251"))
    assert upload.rows[0]["problems"] == []
    assert upload.rows[0]["motivation"] == "Потому что"


def test_a_workbook_with_numbers_and_dates_is_read(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    person = make_staff(hr)
    sign_in(client, hr)
    code = call.rules["cohorts"][0]["code"]
    number = int(person.personnel_number or 0)
    content = write_xlsx(
        HEAD.split(";"), [[number, person.family, date(1990, 5, 1), code, "hawa", "x"]]
    )
    upload = _upload(client, call, SimpleUploadedFile("list.xlsx", content))
    assert upload.rows[0]["problems"] == []
    assert upload.rows[0]["has_consent"]


def test_a_line_that_fails_a_requirement_is_warned_of(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    new = make_staff(hr, since=date(2025, 9, 1))
    sign_in(client, hr)
    code = call.rules["cohorts"][0]["code"]
    upload = _upload(client, call, _csv(f"{new.personnel_number};;;{code};yes;x"))
    assert [each["code"] for each in upload.rows[0]["warnings"]] == ["months-in-post"]


def test_the_template_can_be_filled_and_uploaded(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    sign_in(client, hr)
    content = client.get(reverse("selection:template", args=[call.pk])).content
    upload = _upload(client, call, SimpleUploadedFile("t.xlsx", content))
    assert {p["code"] for p in upload.rows[0]["problems"]} == {
        "personnel-number-unknown", "motivation-missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02", b"table-unreadable"),
        (b"a;b\n1;2\n", b"table-columns-missing"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    client: Client, while_open: None, content: bytes, code: bytes
):
    call, hr = make_call(), make_hr()
    sign_in(client, hr)
    answer = client.post(
        reverse("selection:upload", args=[call.pk]), {"file": SimpleUploadedFile("x.csv", content)}
    )
    assert answer.status_code == 422
    assert code in answer.content
    assert not NominationImport.objects.exists()


class Unread(io.BytesIO):
    """A body that fails the test when somebody reads it."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("the body was read")


def test_three_hundred_megabytes_are_refused_before_they_are_read(while_open: None):
    call, hr = make_call(), make_hr()
    client = Client(enforce_csrf_checks=True)
    sign_in(client, hr)
    answer = client.generic(
        "POST",
        reverse("selection:upload", args=[call.pk]),
        b"",
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(300 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert b"table-too-large" in answer.content


def test_an_upload_still_needs_its_token(while_open: None):
    call, hr = make_call(), make_hr()
    client = Client(enforce_csrf_checks=True)
    sign_in(client, hr)
    answer = client.post(reverse("selection:upload", args=[call.pk]), {"file": _csv("1;;;;;")})
    assert answer.status_code == 403


def test_nobody_confirms_the_list_of_another(client: Client, while_open: None):
    call, hr = make_call(), make_hr()
    sign_in(client, hr)
    upload = _upload(client, call, _csv(f"{make_staff(hr).personnel_number};;;X;yes;x"))
    sign_in(client, make_hr())
    assert client.get(reverse("selection:import", args=[upload.pk])).status_code == 404
    assert client.post(reverse("selection:confirm_import", args=[upload.pk])).status_code == 404


# The person herself ---------------------------------------------------------


def test_a_person_sees_result_points_and_reason_and_accepts(client: Client, later: None):
    call = decide_call(_with_nominations(5))
    place = Place.objects.select_related("nomination__person").first()
    assert place
    person = place.nomination.person
    sign_in(client, person)
    assert client.get(reverse("selection:own_nominations")).status_code == 200
    url = reverse("selection:own_nomination", args=[place.nomination_id])
    page = client.get(url).content.decode()
    for words in ("Accept the place", "Competency gap", "Cut-off of the open seats", "1 of 5"):
        assert words in page
    client.post(reverse("selection:accept", args=[place.pk]))
    assert "You have a place in" in client.get(url).content.decode()
    waiting = call.nominations.filter(state="waiting").first()
    assert waiting
    sign_in(client, waiting.person)
    page = client.get(reverse("selection:own_nomination", args=[waiting.pk])).content.decode()
    assert "The points did not suffice for one of the seats." in page


def test_declining_asks_first(client: Client, later: None):
    decide_call(_with_nominations(5))
    place = Place.objects.first()
    assert place
    sign_in(client, place.nomination.person)
    url = reverse("selection:decline", args=[place.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"confirmed": "yes"})
    place.refresh_from_db()
    assert place.state == "declined"
    assert Place.objects.filter(state="offered").count() == 4
    assert Place.objects.filter(is_promotion=True).exists()


def test_nobody_sees_or_answers_for_another(client: Client, later: None, officer: Person):
    decide_call(_with_nominations(1))
    place = Place.objects.get()
    for stranger in (officer, make_person(), place.nomination.nominated_by):
        sign_in(client, stranger)
        for url in (
            reverse("selection:own_nomination", args=[place.nomination_id]),
            reverse("selection:file_appeal", args=[place.nomination_id]),
        ):
            assert client.get(url).status_code == 404
        assert client.post(reverse("selection:accept", args=[place.pk])).status_code == 404


def test_a_refused_person_reads_each_requirement(client: Client, later: None):
    call, hr = make_call(), make_hr()
    nomination = make_nomination(call, hr=hr, person=make_staff(hr, since=date(2025, 9, 1)))
    close_call(call)
    sign_in(client, nomination.person)
    page = client.get(reverse("selection:own_nomination", args=[nomination.pk])).content.decode()
    assert "Months in post: 1; at least 6 are required." in page


def test_a_person_withdraws_herself(client: Client, while_open: None):
    nomination = make_nomination(make_call())
    sign_in(client, nomination.person)
    client.post(reverse("selection:own_withdraw", args=[nomination.pk]), {"confirmed": "yes"})
    nomination.refresh_from_db()
    assert nomination.state == "withdrawn"


def test_an_appeal_goes_from_the_person_to_the_officer_and_back(client: Client, later: None):
    call = decide_call(_with_nominations(5))
    loser = call.nominations.filter(state="waiting").first()
    assert loser
    sign_in(client, loser.person)
    client.post(reverse("selection:file_appeal", args=[loser.pk]), {"text": "Miscounted."})
    appeal = loser.appeals.get()
    sign_in(client, make_officer())
    assert client.get(reverse("selection:appeal", args=[appeal.pk])).status_code == 403
    judge = make_person(role=Role.APPEALS_OFFICER)
    sign_in(client, judge)
    assert appeal.ref in client.get(reverse("selection:appeals")).content.decode()
    url = reverse("selection:appeal", args=[appeal.pk])
    page = client.get(url).content.decode()
    for words in ("Miscounted.", "Call decided, protocol signed", "10 working days left"):
        assert words in page
    client.post(url, {"outcome": "dismissed", "reasons": "Counted right."})
    sign_in(client, loser.person)
    own = client.get(reverse("selection:own_nomination", args=[loser.pk])).content.decode()
    assert "Counted right." in own


# Marking --------------------------------------------------------------------


def test_a_panel_member_marks_file_after_file(client: Client):
    call = close_call(_with_nominations(2))
    marker = make_panel()[0]
    sign_in(client, marker)
    with time_machine.travel(MARKING, tick=False):
        assert client.get(reverse("selection:marking")).status_code == 200
        url = client.get(reverse("selection:next_file", args=[call.pk])).headers["Location"]
        page = client.get(url).content.decode()
        for nomination in call.nominations.select_related("person", "organisation"):
            assert nomination.person.family not in page
            assert nomination.ref not in page
            assert str(nomination.organisation) not in page
        answer = client.post(url, {"motivation": "11"})
        assert answer.status_code == 200
        after = client.post(url, {"motivation": "7.5"}, follow=True)
        assert after.redirect_chain[-1][0] != url
        done = client.post(after.redirect_chain[-1][0], {"motivation": "6"}, follow=True)
    assert b"No file waits for your marks." in done.content


@pytest.mark.parametrize("who", [make_officer, make_hr, make_person])
def test_only_the_panel_opens_files(client: Client, who):  # type: ignore[no-untyped-def]
    call = close_call(_with_nominations(1))
    sign_in(client, who())
    assert client.get(reverse("selection:marking")).status_code == 403
    code = call.nominations.get().blind_code
    assert client.get(reverse("selection:file", args=[call.pk, code])).status_code == 403


# Decision -------------------------------------------------------------------


def test_the_protocol_is_downloaded_with_its_proof(client: Client, officer: Person, later: None):
    call = decide_call(_with_nominations(5))
    sign_in(client, officer)
    page = client.get(reverse("selection:decision", args=[call.pk])).content.decode()
    assert "Order of merit" in page
    document = json.loads(client.get(reverse("selection:protocol", args=[call.pk])).content)
    assert document["kind"] == "hunar/proven-document/1"
    assert all(check.holds for check in check_protocol(document["document"]))
    pdf = client.get(reverse("selection:protocol_pdf", args=[call.pk]))
    assert pdf.content[:5] == b"%PDF-"


def test_a_decision_without_names_for_those_who_audit(client: Client, later: None):
    call = decide_call(_with_nominations(2))
    sign_in(client, make_person(role=Role.ME_OFFICER))
    page = client.get(reverse("selection:decision", args=[call.pk])).content.decode()
    assert call.nominations.first().person.family not in page
    for stranger in (make_hr(), make_person()):
        sign_in(client, stranger)
        for name in ("decision", "protocol", "protocol_pdf", "fairness"):
            assert client.get(reverse(f"selection:{name}", args=[call.pk])).status_code == 403


def test_fairness_speaks_in_three_words_only(client: Client, officer: Person, later: None):
    call, hr = make_call(), make_hr()
    for sex in "FFFFMMMM":
        make_nomination(call, hr=hr, person=make_staff(hr, sex=sex))
    decide_call(call)
    sign_in(client, officer)
    page = client.get(reverse("selection:fairness", args=[call.pk])).content.decode()
    assert "inconclusive" in page or "no evidence" in page
    assert "From nominated to chosen" in page


# Query counts ---------------------------------------------------------------


def test_pages_ask_as_often_for_many_as_for_few(client: Client, officer: Person, later: None):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted() -> CaptureQueriesContext:
        return CaptureQueriesContext(connection)

    hr = make_hr()
    counts: list[dict[str, int]] = []
    for number in (3, 15):
        call = decide_call(_with_nominations(number, hr))
        # Without points first on SQLite, last on PostgreSQL: ask for those that have some.
        waiting = call.nominations.filter(state="chosen").order_by("points", "pk").first()
        assert waiting
        appeal = file_appeal(waiting, text="x", by=waiting.person, at=LATER)
        judge = make_person(role=Role.APPEALS_OFFICER)
        pages = [
            (officer, reverse("selection:calls")),
            (officer, reverse("selection:call", args=[call.pk])),
            (officer, reverse("selection:nominations", args=[call.pk])),
            (officer, reverse("selection:nomination", args=[waiting.pk])),
            (officer, reverse("selection:decision", args=[call.pk])),
            (officer, reverse("selection:fairness", args=[call.pk])),
            (hr, reverse("selection:staff", args=[call.pk])),
            (waiting.person, reverse("selection:own_nominations")),
            (waiting.person, reverse("selection:own_nomination", args=[waiting.pk])),
            (judge, reverse("selection:appeals")),
            (judge, reverse("selection:appeal", args=[appeal.pk])),
        ]
        found = {}
        for place, (person, url) in enumerate(pages):
            sign_in(client, person)
            client.get(url)
            found[f"{place} {url.split('/')[2:]}"] = queries(client, url, counted)
        counts.append(found)
    few, many = counts
    assert list(few.values()) == list(many.values()), (few, many)
    assert max(many.values()) <= MOST_QUERIES, many


def test_home_tasks_are_for_whom_they_concern(later: None, officer: Person):
    from hunar.selection.queries.home import tasks_for

    decide_call(_with_nominations(5))
    place = Place.objects.first()
    assert place
    on = LATER.date()
    assert [str(task.label) for task in tasks_for(place.nomination.person, on=on)] == [
        "A place is offered to you"
    ]
    assert tasks_for(make_person(), on=on) == []
    call = _with_nominations(2)
    assert len(tasks_for(make_hr(), on=WHILE_OPEN.date())) == 1
    close_call(call)
    marker = make_panel()[0]
    assert tasks_for(marker, on=on)[0].count == 2
    assert len(tasks_for(officer, on=on + timedelta(days=1))) == 1
