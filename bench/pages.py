"""What the pages cost: requests a second, p95, and processor milliseconds a request.

    .venv/bin/python -m bench.pages [--database sqlite postgresql] [--repeats 40] [--clients 4]

Starts the platform as production does (granian, two processes) on the demo academy and
prints, per act, with one client and with several: requests/s, p50, p95, CPU-ms (server
tree and PostgreSQL tree), and the ratio of CPU-ms to the baseline of the same run,
``/healthz`` (one trivial query). Errors must be none.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tools import postgresql

from bench.serving import BIN, Browser, Figures, Server, load, server

PASSWORD = "hunar-demo-academy"
Act = Callable[[int, int], bool]

LOOK_UP = """
import json
from hunar.demo.academy import accounts
from hunar.credentials.models import Credential
from hunar.cohorts.models import Enrolment
from hunar.exams.models import Sitting
from hunar.people.models import Account
cohort = "CYB-RUN"
code = Credential.objects.order_by("pk").values_list("code", flat=True).first()
enrolments = Enrolment.objects.filter(cohort__code=cohort, state="enrolled")
sitting = Sitting.objects.filter(cohort__code=cohort).order_by("-opens_at").first()
for enrolment in enrolments.select_related("person")[:25]:
    account, _ = Account.objects.get_or_create(
        person=enrolment.person, defaults={"login": enrolment.person.personnel_number}
    )
    account.set_password(%(password)r)
    account.save()
free = enrolments.exclude(attempts__sitting=sitting)
print(json.dumps({
    "code": code,
    "logins": [login for _, login in accounts()],
    "candidates": [e.person.personnel_number for e in free.select_related("person")[:25]],
    "sitting": sitting.ref,
    "access_code": sitting.access_code,
}))
"""


def look_up(served: Server) -> dict[str, object]:
    """Addresses and logins of the loaded demo; gives the candidates of the open exam a password."""
    script = f"import django; django.setup()\n{LOOK_UP % {'password': PASSWORD}}"
    python = str(BIN / "python")
    said = subprocess.run(
        [python, "-c", script], env=served.environment, check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(said.stdout.splitlines()[-1])
    return found


def sign_in(served: Server, login: str) -> Browser:
    browser = Browser(served.port)
    browser.request("GET", "/account/login/")
    status, _ = browser.request(
        "POST", "/account/login/", form={"login": login, "password": PASSWORD}
    )
    if status != 302:
        raise RuntimeError(f"{login} cannot sign in: {status}")
    return browser


def as_role(served: Server, role: str) -> Browser:
    browser = Browser(served.port)
    browser.request("GET", "/demo/")
    status, _ = browser.request("POST", "/demo/", form={"as": role})
    if status != 302:
        raise RuntimeError(f"{role} cannot sign in: {status}")
    return browser


def pages(served: Server, role: str, path: str) -> Act:
    """Loads ``path`` again and again, each client in its own session."""
    browsers: dict[int, Browser] = {}

    def act(client: int, turn: int) -> bool:
        if client not in browsers:
            browsers[client] = as_role(served, role) if role else Browser(served.port)
        status, _ = browsers[client].request("GET", path)
        return status == 200

    for client in range(16):
        act(client, 0)
    return act


def signing_in(served: Server, logins: list[str]) -> Act:
    """The form with a password: two requests and one Argon2 hash."""

    def act(client: int, turn: int) -> bool:
        sign_in(served, logins[(client + turn) % len(logins)])
        return True

    return act


class Exam:
    """One candidate's attempt at the open sitting."""

    def __init__(self, served: Server, login: str, facts: dict[str, object]) -> None:
        self.browser = sign_in(served, login)
        start = f"/exams/own/{facts['sitting']}/"
        self.browser.request("GET", start)
        form = {"language": "en", "access_code": str(facts["access_code"] or "")}
        status, _ = self.browser.request("POST", start, form=form)
        if status != 302:
            raise RuntimeError(f"the exam does not start: {status}")
        self.address, self.token, self.positions = self._paper()
        self.sequence = 0

    def _paper(self) -> tuple[str, str, int]:
        _, content = self.browser.request("GET", "/exams/own/", headers={"Accept-Encoding": ""})
        found = re.search(rb"/exams/(ATT-[0-9A-Z-]+)/", content)
        if not found:
            raise RuntimeError("no running attempt is listed")
        address = f"/exams/{found.group(1).decode()}/"
        _, paper = self.browser.request("GET", address, headers={"Accept-Encoding": ""})
        token = re.search(rb'data-token="([^"]+)"', paper)
        if not token:
            raise RuntimeError("the paper shows no token")
        return address, token.group(1).decode(), 40

    def save(self, position: int) -> bool:
        self.sequence += 1
        body = {
            "token": self.token,
            "position": position,
            "response": "abcd"[self.sequence % 4],
            "sequence": self.sequence,
        }
        status, _ = self.browser.request(
            "POST",
            "/exams/answers/",
            body=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        return status == 200

    def submit(self) -> bool:
        status, _ = self.browser.request(
            "POST", f"{self.address}submit/", form={"confirmed": "yes"}
        )
        return status in (200, 302)


def acts(served: Server, facts: dict[str, object]) -> Iterator[tuple[str, Act, int]]:
    """Name, act and how many repeats of it are worth while (0: as asked)."""
    logins = [str(login) for login in facts["logins"]]  # type: ignore[attr-defined]
    yield "healthz (baseline)", pages(served, "", "/healthz"), 400
    yield "sign in", signing_in(served, logins), 8
    yield "dashboard, officer", pages(served, "officer", "/home/"), 0
    yield "dashboard, learner", pages(served, "learner", "/home/"), 0
    learner = as_role(served, "learner")
    _, course = learner.request("GET", "/learn/", headers={"Accept-Encoding": ""})
    found = re.search(rb"/learn/(ENR-[0-9A-Z-]+)/", course)
    if found:
        lesson = f"/learn/{found.group(1).decode()}/M1-01/"
        yield "lesson", pages(served, "learner", lesson), 0
    yield "verify credential", pages(served, "", f"/certificates/v/{facts['code']}/"), 0


def measure(name: str, served: Server, *, clients: int, repeats: int) -> None:
    facts = look_up(served)
    candidates = [str(login) for login in facts["candidates"]]  # type: ignore[attr-defined]
    print(f"\n{name}: clients, act, requests/s, p50 ms, p95 ms, CPU-ms, ratio to healthz, errors")
    baseline: dict[int, float] = {}

    def show(figures: Figures, number: int) -> None:
        # The kernel counts in hundredths of a second: one tick at least.
        base = baseline.setdefault(number, max(figures.cpu_ms, 10 / len(figures.seconds)))
        print(
            f"{number:3} {figures.name:22} {figures.rate:8.1f} {figures.percentile(0.5):8.1f}"
            f" {figures.percentile(0.95):8.1f} {figures.cpu_ms:8.2f} {figures.cpu_ms / base:7.1f}"
            f" {figures.errors:4}",
            flush=True,
        )

    for number in (1, clients):
        for title, act, most in acts(served, facts):
            show(load(served, title, act, clients=number, repeats=most or repeats), number)
    per_round = min(clients, max(len(candidates) // 2, 1))
    for number in (1, per_round):
        exams = [Exam(served, candidates.pop(), facts) for _ in range(number) if candidates]
        if not exams:
            break
        saving = load(
            served,
            "save answer",
            lambda client, turn, exams=exams: exams[client].save(turn % 40 + 1),
            clients=len(exams),
            repeats=max(repeats, 80),
        )
        show(saving, number)
        submitting = load(
            served,
            "submit exam",
            lambda client, turn, exams=exams: exams[client].submit(),
            clients=len(exams),
            repeats=1,
        )
        show(submitting, number)


@contextmanager
def database(name: str) -> Iterator[tuple[str, list[int]]]:
    """The URL of a database and the processes whose time counts with the server's."""
    if name == "sqlite":
        yield "", []
        return
    with postgresql.server(durable=True) as url:
        found = subprocess.run(
            ["pgrep", "-o", "-f", url.rpartition(":")[2].partition("/")[0]],
            capture_output=True,
            text=True,
            check=False,
        )
        yield url, [int(pid) for pid in found.stdout.split()[:1]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    for name in given.database:
        if name == "postgresql" and postgresql.programs() is None:
            print("\nPostgreSQL is not installed: left out")
            continue
        with (
            database(name) as (url, pids),
            server(database_url=url, database_pids=pids) as served,
        ):
            measure(name, served, clients=given.clients, repeats=given.repeats)


if __name__ == "__main__":
    main()
