from __future__ import annotations

from datetime import timedelta

import click

from hunar.config.cli import start_django, storage


@click.command("init")
@click.option("--name-tk", prompt="Name of the academy in Turkmen")
@click.option("--name-ru", prompt="Name of the academy in Russian")
@click.option("--name-en", prompt="Name of the academy in English")
@click.option(
    "--language",
    type=click.Choice(["tk", "ru", "en"]),
    default="tk",
    prompt="First language of pages and documents",
)
@click.option("--family", prompt="First administrator: family name")
@click.option("--given", prompt="First administrator: given name")
@click.option("--sex", type=click.Choice(["F", "M"]), prompt="First administrator: sex")
@click.option("--login", prompt="First administrator: personnel number or login")
@click.password_option("--password", prompt="First administrator: password (15 signs or more)")
def command(
    name_tk: str,
    name_ru: str,
    name_en: str,
    language: str,
    family: str,
    given: str,
    sex: str,
    login: str,
    password: str,
) -> None:
    """Set up a real academy: database, keys, holidays, competency spine, administrator."""
    settings = start_django()
    storage.require_writable(settings.DATA_DIR)
    storage.upgrade()
    from hunar.config import founding
    from hunar.kernel import clock
    from hunar.kernel.errors import RuleViolation

    years = range(clock.today().year - 1, (clock.today() + timedelta(days=400)).year + 1)
    try:
        founding.found(
            names={"tk": name_tk, "ru": name_ru, "en": name_en},
            language=language,
            administrator=founding.Administrator(family, given, sex, login, password),
            years=years,
            at=clock.now(),
        )
    except RuleViolation as problem:
        raise click.ClickException(f"{problem} {problem.remedy} ({problem.code})") from None
    click.echo(
        f"The academy is founded. Keys stand in {settings.DATA_DIR / 'keys'}: back them up.\n"
        "Start it with: hunar serve"
    )
