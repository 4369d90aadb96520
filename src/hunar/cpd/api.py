from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from hunar.cpd import queries
from hunar.kernel import clock
from hunar.people.requests import PersonRequest

router = Router(tags=["cpd"])


class CategoryOut(Schema):
    category: str
    recorded: int
    counted: int
    least: int


class BalanceOut(Schema):
    """All figures in minutes."""

    policy: str | None
    standing: str
    cycle_start: date | None = None
    cycle_end: date | None = None
    owed: int = 0
    counted: int = 0
    carried: int = 0
    missing: int = 0
    categories: list[CategoryOut] = []


class RecordOut(Schema):
    ref: str
    title: dict[str, str]
    category: str
    minutes: int
    started_date: date
    ended_date: date
    state: str


@router.get("balance", response=BalanceOut)
def my_balance(request: PersonRequest) -> dict[str, object]:
    account = queries.account(request.person, on=clock.today())
    if account.policy is None or account.balance is None:
        return {"policy": None, "standing": account.standing}
    balance = account.balance
    return {
        "policy": account.policy.code,
        "standing": account.standing,
        "cycle_start": balance.cycle_start,
        "cycle_end": balance.cycle_end,
        "owed": balance.owed,
        "counted": balance.counted,
        "carried": balance.carried,
        "missing": balance.missing,
        "categories": [vars(line) for line in balance.lines],
    }


@router.get("records", response=list[RecordOut])
def my_records(request: PersonRequest) -> list[object]:
    return list(queries.records_of(request.person))
