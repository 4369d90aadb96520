"""The memorandum of 13 November 2025, the roster of experts and four advisory requests."""

from __future__ import annotations

from datetime import date, timedelta

from hunar.agreements import services
from hunar.agreements.enums import ObligationState, Part
from hunar.agreements.models import AdvisoryRequest, Agreement, Expert
from hunar.audit import services as audit
from hunar.demo.stage import Stage
from hunar.kernel.queries import working_calendar
from hunar.people.enums import Role
from hunar.people.models import Account, Employment, Person, RoleAssignment

SIGNED = date(2025, 11, 13)

TITLE = {
    "tk": "Türkmenistanyň Aragatnaşyk ministrligi bilen e-Dolandyryş akademiýasynyň arasynda "
    "özara düşünişmek hakynda ähtnama",
    "ru": "Меморандум о взаимопонимании между Министерством связи Туркменистана и Академией "
    "электронного управления",
    "en": "Memorandum of understanding between the Ministry of Communications of Turkmenistan "
    "and the e-Governance Academy",
}
SUMMARY = {
    "tk": "Uzak möhletleýin hyzmatdaşlyk, ýöriteleşdirilen maslahat we okuw goldawy. Ähtnama "
    "Turkmentel 2025 sergisinde BMG-niň Ösüş maksatnamasynyň «Türkmenistanda elektron maglumat "
    "alyş-çalşynyň synag ulgamyny ornaşdyrmaga kömek» taslamasynyň çäginde gol çekildi.",
    "ru": "Долгосрочное сотрудничество, доступ к специализированной консультационной и учебной "
    "поддержке. Подписан на Turkmentel 2025 в рамках проекта ПРООН «Содействие во внедрении "
    "пилотной системы электронного обмена данными в Туркменистане».",
    "en": "Long-term collaboration, with access to specialised advisory and educational support. "
    "Signed at Turkmentel 2025 inside the UNDP project “Assistance in the implementation of a "
    "pilot electronic data interchange system in Turkmenistan”.",
}
PLACE = {
    "tk": "Turkmentel 2025, Aşgabat",
    "ru": "Turkmentel 2025, Ашхабад",
    "en": "Turkmentel 2025, Ashgabat",
}


def load(stage: Stage) -> None:
    """Fill ``stage.agreement``; the dates after the signature count from ``stage.today``."""
    agreement = _memorandum(stage)
    _progress(stage, agreement)
    experts = _roster(stage)
    _requests(stage, agreement, experts)
    stage.agreement = agreement
    stage.say(
        f"agreements: 1 memorandum, {len(experts)} experts, {len(QUESTIONS)} advisory requests"
    )


def _memorandum(stage: Stage) -> Agreement:
    officer, at = stage.cast["officer"], stage.at(date(2025, 11, 10), 10)
    of = stage.organisations
    draft = services.draft_agreement(
        title=TITLE,
        summary=SUMMARY,
        signed_place=PLACE,
        starts_date=SIGNED,
        # The published notice names no end.
        ends_date=None,
        sides=[
            services.Side(of["minaragatnasyk"], Part.SIGNATORY),
            services.Side(of["ega"], Part.SIGNATORY),
            services.Side(of["undp"], Part.FUNDER),
            services.Side(of["academy"], Part.IMPLEMENTER),
        ],
        programmes=[stage.programme] if stage.programme else [],
        by=officer,
        at=at,
    )
    parties = {party.organisation.code: party for party in draft.parties.all()}
    for code, text, due in OBLIGATIONS:
        services.add_obligation(
            draft, party=parties[code], text=text, due_date=due, by=officer, at=at
        )
    return services.sign(draft, signed_date=SIGNED, by=officer, at=stage.at(SIGNED, 16))


def _progress(stage: Stage, agreement: Agreement) -> None:
    """What has been met since; acts that lie in the future of ``stage.today`` wait."""
    steps = [
        (0, date(2025, 11, 21), ObligationState.FULFILLED,
         "Attendance registers of cohort OPS-2025, 18 to 21 November 2025"),
        (1, date(2025, 12, 5), ObligationState.FULFILLED,
         "Attendance registers of cohorts CYB-2025 and AI-2025, 2 to 5 December 2025"),
        (2, date(2025, 12, 8), ObligationState.UNDER_WAY, ""),
        (3, date(2025, 12, 12), ObligationState.UNDER_WAY, ""),
    ]  # fmt: skip
    obligations = list(agreement.obligations.order_by("pk"))
    for place, day, state, evidence in steps:
        if day <= stage.today:
            services.change_obligation(
                obligations[place],
                state=state,
                evidence=evidence,
                by=stage.cast["officer"],
                at=stage.at(day, 17),
            )


def _roster(stage: Stage) -> list[Expert]:
    ega = stage.organisations["ega"]
    people = [stage.cast["expert"], *(_invited(stage, *plan) for plan in INVITED)]
    return [
        services.add_expert(
            person,
            organisation=ega,
            fields=fields,
            languages=languages,
            by=stage.cast["officer"],
            at=stage.at(date(2025, 11, 17), 11),
        )
        for person, (fields, languages) in zip(people, EXPERTISE, strict=True)
    ]


def _invited(stage: Stage, family: str, given: str, sex: str, language: str) -> Person:
    """An invented expert of the partner, with an account that nobody can sign in with yet."""
    admin, at = stage.cast["admin"], stage.at(date(2025, 11, 14), 10)
    person = Person.objects.create(family=family, given=given, sex=sex, language=language)
    account = Account(login=f"{given}.{family}".lower(), person=person)
    account.set_unusable_password()
    account.save()
    Employment.objects.create(
        person=person,
        post=stage.posts["ega"][0],
        organisation=stage.organisations["ega"],
        started_date=date(2018, 3, 1),
    )
    academy = stage.organisations["academy"]
    RoleAssignment.objects.create(
        person=person,
        role=Role.TRAINER,
        organisation=academy,
        valid_from=date(2025, 11, 14),
        granted_by=admin,
    )
    details = {"role": Role.TRAINER.value, "organisation": academy.ref}
    audit.record("people.person.created", subject=person, by=admin, at=at)
    audit.record("people.role.granted", subject=person, by=admin, at=at, details=details)
    return person


def _requests(stage: Stage, agreement: Agreement, experts: list[Expert]) -> None:
    """One closed, one answered, one to answer and one to assign."""
    calendar = working_calendar()
    back = (stage.today - timedelta(days=number) for number in range(1, 60))
    recent = [day for day in back if calendar.is_working(day)]
    _ask(
        stage,
        agreement,
        0,
        on=date(2025, 11, 24),
        expert=experts[0],
        answered=date(2025, 12, 1),
        closed=date(2025, 12, 3),
    )
    _ask(stage, agreement, 1, on=recent[11], expert=experts[1], answered=recent[2])
    _ask(stage, agreement, 2, on=recent[4], expert=experts[0])
    _ask(stage, agreement, 3, on=recent[0])


def _ask(
    stage: Stage,
    agreement: Agreement,
    number: int,
    *,
    on: date,
    expert: Expert | None = None,
    answered: date | None = None,
    closed: date | None = None,
) -> AdvisoryRequest:
    subject, question, reply = QUESTIONS[number]
    hr, officer = stage.cast["hr"], stage.cast["officer"]
    request = services.ask(
        agreement,
        organisation=stage.organisations["minaragatnasyk"],
        subject=subject,
        question=question,
        by=hr,
        at=stage.at(on, 10),
    )
    if expert:
        services.assign(request, expert=expert, by=officer, at=stage.at(on, 15))
    if expert and answered:
        services.answer(request, text=reply, by=expert.person, at=stage.at(answered, 14))
    if closed:
        services.close(request, rating=5, by=hr, at=stage.at(closed, 9, 30))
    return request


OBLIGATIONS = [
    (
        "ega",
        {
            "tk": "40 çemesi işgär üçin sanly ulgamlary işletmek we dolandyrmak boýunça birinji okuw tapgyryny geçirmek",
            "ru": "Провести первый раунд обучения для около 40 сотрудников по эксплуатации цифровых систем и управлению ими",
            "en": "Hold the first round of training for about 40 officers in operating and managing digital systems",
        },
        date(2025, 11, 21),
    ),
    (
        "ega",
        {
            "tk": "80 işgär üçin kiberhowpsuzlyk we emeli aň boýunça ikinji okuw tapgyryny geçirmek",
            "ru": "Провести второй раунд обучения для 80 сотрудников по кибербезопасности и искусственному интеллекту",
            "en": "Hold the second round of training for 80 officers in cybersecurity and artificial intelligence",
        },
        date(2025, 12, 5),
    ),
    (
        "ega",
        {
            "tk": "Döwlet edaralarynyň soraglaryna on iş gününiň dowamynda ýöriteleşdirilen maslahat bermek",
            "ru": "Давать специализированные консультации по запросам учреждений в течение десяти рабочих дней",
            "en": "Give specialised advice on institutions' questions within ten working days",
        },
        None,
    ),
    (
        "academy",
        {
            "tk": "Okuw maksatnamalaryny, sapaklary we soraglar goruny üç dilde saklamak we ösdürmek",
            "ru": "Вести и развивать программы, уроки и банк заданий на трёх языках",
            "en": "Keep and develop courses, lessons and the item bank in three languages",
        },
        None,
    ),
    (
        "minaragatnasyk",
        {
            "tk": "Sanly ulgam boýunça işgärleri okuwa hödürlemek we okuwdan soňky ulanylyşy barada maglumat bermek",
            "ru": "Выдвигать сотрудников на обучение и сообщать о применении знаний после него",
            "en": "Nominate officers for training and report how the training is used afterwards",
        },
        date(2026, 12, 31),
    ),
    (
        "undp",
        {
            "tk": "Taraplar bilen bilelikde her ýyl hyzmatdaşlygyň netijelerine seretmek",
            "ru": "Ежегодно вместе со сторонами рассматривать итоги сотрудничества",
            "en": "Review the results of the collaboration with the parties every year",
        },
        date(2026, 11, 13),
    ),
]

INVITED = [("Kask", "Marten", "M", "en"), ("Lepik", "Irina", "F", "ru")]
EXPERTISE = [
    (
        {
            "tk": "Maglumat alyş-çalyş ulgamlary (X-Road), döwlet sanawlary, sanly şahsyýet",
            "ru": "Системы обмена данными (X-Road), государственные реестры, цифровая идентичность",
            "en": "Data exchange (X-Road), state registries, digital identity",
        },
        ["en"],
    ),
    (
        {
            "tk": "Kiberhowpsuzlyk strategiýasy, hadysalara jogap bermek, NCSI",
            "ru": "Стратегия кибербезопасности, реагирование на инциденты, NCSI",
            "en": "Cybersecurity strategy, incident response, NCSI",
        },
        ["en", "ru"],
    ),
    (
        {
            "tk": "Emeli aňy dolandyrmak, hyzmatlary täzeden guramak, özgertmelere ýolbaşçylyk",
            "ru": "Управление ИИ, перестройка услуг, управление изменениями",
            "en": "AI governance, service redesign, change leadership",
        },
        ["ru", "en"],
    ),
]

QUESTIONS = [
    (
        "Access rights on the pilot's security server",
        "Two departments of the Ministry want to call the same service of the registry. Should "
        "each of them be registered as a subsystem of its own, or is one subsystem with two "
        "groups of users enough? What do we lose in the log if we choose one?",
        "Register two subsystems. The access right is given to a subsystem, and the message log "
        "names the calling subsystem: with one, neither the owner of the registry nor an auditor "
        "can later tell which department asked.\n\nGroups of users inside one subsystem are seen "
        "only in your own application's log. Begin with two, document who is responsible for "
        "each, and review the rights every quarter.",
    ),
    (
        "Which NCSI indicators can be met with documents that exist already?",
        "We prepare evidence for the National Cyber Security Index. Only public evidence counts. "
        "Which indicators should we look at first, given that several of our documents are for "
        "internal use?",
        "Begin where the act itself is public and only the link is missing: the law on "
        "cybersecurity, the law on personal information and the contact point for incidents. "
        "For internal documents publish a summary with number, date and responsible body; the "
        "summary is the evidence, the document stays internal.\n\nLeave crisis exercises for "
        "last: they need an exercise, not a document.",
    ),
    (
        "How long to keep signed messages of the data exchange",
        "By default signed messages are archived after thirty days. Our archive law asks for "
        "longer terms for decisions on citizens. Which messages should we keep, in which form, "
        "and who holds the keys to verify them after the certificates expire?",
        "",
    ),
    (
        "Human review of automatic refusals on the portal",
        "The portal will refuse incomplete applications automatically. Which decisions should a "
        "person always look at, and what must the letter to the citizen contain?",
        "",
    ),
]
