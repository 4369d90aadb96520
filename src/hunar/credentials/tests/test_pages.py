from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hunar.audit import services as audit
from hunar.credentials import queries, services, throttling
from hunar.credentials.models import Credential
from hunar.credentials.tests.makers import (
    AT,
    make_closed_cohort,
    make_credential,
    make_graduate,
    make_officer,
    make_results,
)
from hunar.kernel.errors import RuleViolation
from hunar.notifications.models import Message
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _soon_after():
    cache.clear()
    with time_machine.travel(AT + timedelta(days=3), tick=True):
        yield
    cache.clear()


def visit(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def page_of(credential: Credential) -> str:
    return f"/certificates/v/{credential.code}/"


# Holder -----------------------------------------------------------------------


def test_the_holder_sees_her_certificates_and_nobody_elses(client: Client):
    mine, other = make_credential(), make_credential()
    sign_in(client, mine.person)
    page = visit(client, "/certificates/")
    assert mine.register_number in page
    assert other.register_number not in page
    assert mine.code in visit(client, f"/certificates/{mine.ref}/")
    visit(client, f"/certificates/{other.ref}/", 404)
    visit(client, f"/certificates/{other.ref}/certificate.json", 404)
    visit(client, f"/certificates/{other.ref}/certificate.pdf", 404)


def test_an_empty_wallet_says_how_certificates_come(client: Client):
    sign_in(client, make_person())
    assert "No certificates yet" in visit(client, "/certificates/")


@pytest.mark.parametrize("kind", Credential.Kind.values)
def test_the_pdf_and_the_signed_file_can_be_fetched(client: Client, kind: str):
    credential = make_credential(kind=kind)
    sign_in(client, credential.person)
    pdf = client.get(f"/certificates/{credential.ref}/certificate.pdf")
    assert pdf.content.startswith(b"%PDF-")
    proven = client.get(f"/certificates/{credential.ref}/certificate.json").json()
    assert proven["document"] == credential.document
    assert proven["log"]["index"] >= 0


def test_an_expired_and_a_revoked_certificate_say_so(client: Client):
    credential = make_credential()
    with time_machine.travel(AT + timedelta(days=1200)):
        sign_in(client, credential.person)
        assert "expired" in visit(client, "/certificates/")
    services.revoke(credential, reason="Breach of the exam rules", by=make_officer(), at=AT)
    sign_in(client, credential.person)
    assert "Breach of the exam rules" in visit(client, f"/certificates/{credential.ref}/")


# Officers ---------------------------------------------------------------------


def test_the_register_is_for_officers_and_the_institution_sees_its_own_people(client: Client):
    one, two = make_credential(), make_credential()
    sign_in(client, make_officer())
    page = visit(client, "/certificates/register/")
    assert one.register_number in page
    assert two.register_number in page
    hr = make_person(role=Role.HR_OFFICER, organisation=one.enrolment.organisation)
    sign_in(client, hr)
    page = visit(client, "/certificates/register/")
    assert one.register_number in page
    assert two.register_number not in page
    visit(client, f"/certificates/{two.ref}/", 404)
    sign_in(client, make_person())
    visit(client, "/certificates/register/", 403)
    sign_in(client, make_person(role=Role.TRAINER))
    visit(client, "/certificates/register/", 403)


def test_the_register_is_searched_filtered_sorted_and_exported(client: Client):
    credential = make_credential()
    services.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    other = make_credential(kind=Credential.Kind.PARTICIPATION)
    sign_in(client, make_officer())

    def found(query: str) -> set[str]:
        page = visit(client, f"/certificates/register/?{query}")
        return {row.register_number for row in (credential, other) if row.register_number in page}

    both = {credential.register_number, other.register_number}
    assert found("") == found("year=2025") == found("sort=-name") == found("sort=nonsense") == both
    assert found(f"q={credential.person.family.lower()}") == {credential.register_number}
    assert found(f"q={other.code}") == found("kind=participation") == {other.register_number}
    assert found("standing=revoked") == {credential.register_number}
    assert found("standing=valid") == {other.register_number}
    assert found("year=2024") == set()
    content = client.get("/certificates/register/export/?standing=revoked").content
    sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 2
    assert rows[1][0] == credential.register_number
    assert rows[1][8] == "revoked"


def test_the_preview_says_who_gets_what_and_why_and_issues_it_once(client: Client):
    cohort = make_closed_cohort()
    make_graduate(cohort)
    make_graduate(cohort, missed=3)
    sign_in(client, make_officer())
    page = visit(client, f"/certificates/register/cohorts/{cohort.ref}/")
    assert "Attended less than 80" in page
    assert "1 certificate is due" in page
    for _ in range(2):
        client.post(f"/certificates/register/cohorts/{cohort.ref}/issue/")
    assert queries.register_of(cohort).count() == 1
    response = client.post(f"/certificates/register/cohorts/{cohort.ref}/paper/")
    assert response.status_code == 302
    assert cohort.documents.get().kind == "certificate-register"
    assert cohort.code in visit(client, "/certificates/register/cohorts/")


def test_an_awaited_exam_can_be_waived(client: Client):
    cohort = make_closed_cohort(with_exam=True)
    make_graduate(cohort)
    sign_in(client, make_officer())
    assert "results of the exam are awaited" in visit(
        client, f"/certificates/register/cohorts/{cohort.ref}/"
    )
    assert "is due" in visit(
        client, f"/certificates/register/cohorts/{cohort.ref}/?without_exam=yes"
    )
    client.post(f"/certificates/register/cohorts/{cohort.ref}/issue/", {"without_exam": "yes"})
    assert queries.register_of(cohort).get().kind == "participation"


@pytest.mark.parametrize("role", [None, Role.HR_OFFICER, Role.EXAMINER])
def test_others_cannot_issue_revoke_or_replace(client: Client, role: Role | None):
    credential = make_credential()
    cohort = credential.enrolment.cohort
    place = credential.enrolment.organisation if role == Role.HR_OFFICER else None
    sign_in(client, make_person(role=role, organisation=place))
    for path in ("register/cohorts/", f"register/cohorts/{cohort.ref}/"):
        visit(client, f"/certificates/{path}", 403)
    for path in (f"register/cohorts/{cohort.ref}/issue/", f"register/cohorts/{cohort.ref}/paper/"):
        assert client.post(f"/certificates/{path}").status_code == 403
    body = {"reason": "A real reason", "confirmed": "yes"}
    for act in ("revoke", "replace"):
        assert client.post(f"/certificates/{credential.ref}/{act}/", body).status_code == 403
    credential.refresh_from_db()
    assert not credential.is_revoked


def test_revoking_asks_for_a_reason_and_a_tick(client: Client):
    credential = make_credential()
    sign_in(client, make_officer())
    path = f"/certificates/{credential.ref}/revoke/"
    visit(client, path)
    for body in ({}, {"reason": "A real reason"}, {"confirmed": "yes", "reason": "no"}):
        assert client.post(path, body).status_code == 200
        credential.refresh_from_db()
        assert not credential.is_revoked
    assert client.post(path, {"confirmed": "yes", "reason": "A real reason"}).status_code == 302
    credential.refresh_from_db()
    assert credential.is_revoked
    again = client.post(path, {"confirmed": "yes", "reason": "A real reason"})
    assert again.status_code == 409
    assert b"credential-already-revoked" in again.content


def test_replacing_leads_to_the_new_certificate(client: Client):
    credential = make_credential()
    credential.person.given = "Şemşat"
    credential.person.save()
    sign_in(client, make_officer())
    visit(client, f"/certificates/{credential.ref}/replace/")
    response = client.post(
        f"/certificates/{credential.ref}/replace/",
        {"reason": "Name was misspelt", "confirmed": "yes"},
        follow=True,
    )
    assert "Şemşat" in response.content.decode()
    assert "It was replaced by" in visit(client, f"/certificates/{credential.ref}/")


# Everybody --------------------------------------------------------------------


def test_a_code_leads_to_the_public_page_without_the_name(client: Client):
    credential = make_credential()
    response = client.get("/certificates/verify/", {"q": credential.code.lower().replace("-", " ")})
    assert response["Location"] == page_of(credential)
    audit.integrate()
    page = visit(client, page_of(credential))
    assert "Genuine and valid" in page
    assert credential.person.family not in page
    assert credential.person.given not in page
    assert "A. M" in page or "M." in page
    assert "Place in the open log" in page
    assert "100.00" not in page


@pytest.mark.parametrize("form", ["register", "paper"])
def test_a_number_shows_the_standing_but_gives_no_file(client: Client, form: str):
    credential = make_credential()
    number = credential.register_number if form == "register" else credential.ref
    page = visit(client, f"/certificates/verify/?q={number}")
    assert "Genuine and valid" in page
    assert credential.code not in page
    assert credential.person.family not in page


def test_expired_and_revoked_are_told_apart(client: Client):
    credential = make_credential()
    with time_machine.travel(AT + timedelta(days=1200)):
        assert "Genuine, but expired" in visit(client, page_of(credential))
    services.revoke(credential, reason="Secret reason", by=make_officer(), at=AT)
    page = visit(client, page_of(credential))
    assert "Revoked: it counts no longer" in page
    assert "Secret reason" not in page


def test_wrong_numbers_get_a_helpful_answer(client: Client):
    credential = make_credential()
    wrong = credential.ref[:-1] + ("2" if credential.ref[-1] != "2" else "3")
    assert "One symbol of this number was misread" in visit(
        client, f"/certificates/verify/?q={wrong}", 404
    )
    assert "neither a code nor a number" in visit(client, "/certificates/verify/?q=hello", 404)
    assert "Unknown" in visit(client, "/certificates/verify/?q=2025-99999", 404)
    assert "Unknown" in visit(client, "/certificates/v/ABCD-EFGH-JKMN/", 404)


def test_the_name_is_compared_and_never_shown(client: Client):
    credential = make_credential()
    right = f"{credential.person.given} {credential.person.family}".upper()
    response = client.post(page_of(credential), {"q": credential.code, "name": right})
    assert "The name matches" in response.content.decode()
    response = client.post(page_of(credential), {"q": credential.code, "name": "Somebody Else"})
    page = response.content.decode()
    assert "The name does not match" in page
    assert credential.person.family not in page
    by_number = client.post(
        "/certificates/verify/", {"q": credential.register_number, "name": right}
    )
    assert "The name matches" in by_number.content.decode()


def test_guessing_codes_and_names_is_slowed_down(client: Client):
    credential = make_credential()
    for _ in range(throttling.LIMITS["miss"]):
        visit(client, "/certificates/v/ABCD-EFGH-JKMN/", 404)
    assert "too-many-tries" in visit(client, "/certificates/v/ABCD-EFGH-JKMN/", 429)
    visit(client, page_of(credential), 429)
    elsewhere = client.get(page_of(credential), REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200
    cache.clear()
    for _ in range(throttling.LIMITS["name"]):
        assert client.post(page_of(credential), {"name": "No Body"}).status_code == 200
    assert client.post(page_of(credential), {"name": "No Body"}).status_code == 429


def test_the_limit_asks_the_trusted_proxy(client: Client, settings):
    credential = make_credential()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _ in range(throttling.LIMITS["miss"]):
        client.get("/certificates/v/ABCD-EFGH-JKMN/", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    seen = client.get(page_of(credential), HTTP_X_FORWARDED_FOR="1.1.1.1, 3.3.3.3")
    assert seen.status_code == 200
    assert client.get(page_of(credential), HTTP_X_FORWARDED_FOR="2.2.2.2").status_code == 429


def upload(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("certificate.json", content, content_type="application/json")
    response = client.post("/certificates/verify/file/", {"file": file})
    return f"{response.status_code} {response.content.decode()}"


def test_an_uploaded_file_is_checked_against_key_log_and_register(client: Client):
    credential = make_credential()
    proven = client.get(f"{page_of(credential)}certificate.json").content
    assert "Everything holds" in upload(client, proven)
    forged = proven.replace(b'"licenseNumber": "2025-', b'"licenseNumber": "2024-')
    assert forged != proven
    assert "altered" in upload(client, forged)
    services.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    page = upload(client, proven)
    assert "Something does not hold" in page
    assert "It was revoked" in page


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "credential-file-unreadable"),
        (b"[1]", "credential-file-unreadable"),
        (b"[" * 100_000, "credential-file-unreadable"),
        (b"\xff\xfe", "credential-file-unreadable"),
        (b'{"a": "' + b"x" * 1_100_000 + b'"}', "credential-file-too-large"),
    ],
)
def test_files_that_are_no_documents_are_refused_by_name(client: Client, content: bytes, code: str):
    assert code in upload(client, content)


@pytest.mark.parametrize(
    "content", [b"{}", b'{"proof": 3}', b'{"kind": "hunar/proven-document/1"}']
)
def test_a_document_without_a_signature_does_not_hold(client: Client, content: bytes):
    assert "Something does not hold" in upload(client, content)


def test_a_suspicion_reaches_the_officers_three_times_at_most(client: Client):
    officer, credential = make_officer(), make_credential()
    body = {"number": credential.code, "text": "The seal is printed, not stamped", "contact": ""}
    visit(client, f"/certificates/verify/report/?number={credential.code}")
    assert client.post("/certificates/verify/report/", {"text": "short"}).status_code == 200
    for _ in range(3):
        response = client.post("/certificates/verify/report/", body)
        assert response["Location"] == "/certificates/verify/reported/"
    assert client.post("/certificates/verify/report/", body).status_code == 429
    told = Message.objects.filter(code="credentials.forgery-reported", person=officer)
    assert told.count() == 3
    visit(client, "/certificates/verify/reported/")


def test_the_status_list_is_public_and_the_same_until_a_revocation(client: Client):
    credential = make_credential()
    first = client.get("/certificates/status/1")
    assert first["Content-Type"] == "application/json"
    assert first.content == client.get("/certificates/status/1").content
    services.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    assert first.content != client.get("/certificates/status/1").content
    assert client.get("/certificates/status/7").status_code == 404


def test_the_slip_names_the_moment_of_the_check(client: Client):
    credential = make_credential()
    page = visit(client, f"{page_of(credential)}slip/")
    assert "11 December 2025" in page
    assert credential.person.family not in page
    visit(client, "/certificates/v/ABCD-EFGH-JKMN/slip/", 404)


# Measures ---------------------------------------------------------------------


def test_lists_ask_the_same_number_of_queries_for_any_number_of_rows(
    client: Client, django_assert_max_num_queries
):
    cohort = make_closed_cohort()
    officer = make_officer()

    def visits() -> list[int]:
        counts = []
        for path in ("register/", f"register/cohorts/{cohort.ref}/", "register/cohorts/"):
            with django_assert_max_num_queries(12) as captured:
                visit(client, f"/certificates/{path}")
            counts.append(len(captured))
        return counts

    for _ in range(2):
        make_graduate(cohort)
    services.issue_what_is_due(cohort, by=officer, at=AT)
    sign_in(client, officer)
    few = visits()
    for _ in range(18):
        make_graduate(cohort)
    services.issue_what_is_due(cohort, by=officer, at=AT)
    assert visits() == few


def test_single_pages_stay_within_their_queries(client: Client, django_assert_max_num_queries):
    credential = make_credential()
    with django_assert_max_num_queries(12):
        visit(client, page_of(credential))
    sign_in(client, make_officer())
    with django_assert_max_num_queries(12):
        visit(client, f"/certificates/{credential.ref}/")


def test_results_make_the_certificates_of_a_whole_cohort(client: Client):
    cohort = make_closed_cohort(with_exam=True)
    people = [make_graduate(cohort) for _ in range(3)]
    make_results(cohort, people, wrong=[0, 1, 4])
    sign_in(client, people[0].person)
    assert "certificate of achievement" in visit(client, "/certificates/")


def test_every_violation_has_words_and_a_remedy():
    from hunar.credentials import errors

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    violations = [kind for kind in kinds if issubclass(kind, RuleViolation)][1:]
    assert len(violations) >= 8
    assert all(str(kind.message) and str(kind.remedy) for kind in violations)
