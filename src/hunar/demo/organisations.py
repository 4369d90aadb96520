"""Regions, institutions and their posts: names of kinds, not of real offices, save the four parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hunar.audit import services as audit
from hunar.demo.stage import Stage
from hunar.organisations.enums import OrganisationKind as Kind
from hunar.organisations.enums import RegionKind, RoleGroup
from hunar.organisations.models import Organisation, Post, Region

FOUNDED = date(2010, 1, 1)
CITY, VELAYAT = RegionKind.CITY, RegionKind.VELAYAT


def words(tk: str, ru: str, en: str) -> dict[str, str]:
    return {"tk": tk, "ru": ru, "en": en}


# Codes of ISO 3166-2; Arkadag, a city of state importance since 2022, has none yet.
REGIONS = [
    ("TM-S", CITY, words("Aşgabat şäheri", "город Ашхабад", "Ashgabat city"), date(1991, 10, 27)),
    ("TM-A", VELAYAT, words("Ahal welaýaty", "Ахалский велаят", "Ahal welaýat"), date(1992, 5, 18)),
    (
        "TM-B",
        VELAYAT,
        words("Balkan welaýaty", "Балканский велаят", "Balkan welaýat"),
        date(1992, 5, 18),
    ),
    (
        "TM-D",
        VELAYAT,
        words("Daşoguz welaýaty", "Дашогузский велаят", "Daşoguz welaýat"),
        date(1992, 5, 18),
    ),
    (
        "TM-L",
        VELAYAT,
        words("Lebap welaýaty", "Лебапский велаят", "Lebap welaýat"),
        date(1992, 5, 18),
    ),
    (
        "TM-M",
        VELAYAT,
        words("Mary welaýaty", "Марыйский велаят", "Mary welaýat"),
        date(1992, 5, 18),
    ),
    ("TM-AR", CITY, words("Arkadag şäheri", "город Аркадаг", "Arkadag city"), date(2022, 12, 20)),
]

# code, kind, region, Turkmen, Russian, English, short titles in the same order
ORGANISATIONS = """
academy|academy|TM-S|Türkmenistanyň Prezidentiniň ýanyndaky Döwlet gullugy akademiýasy|Академия государственной службы при Президенте Туркменистана|Academy of Civil Service under the President of Turkmenistan|Döwlet gullugy akademiýasy|Академия госслужбы|Academy of Civil Service
minaragatnasyk|ministry|TM-S|Türkmenistanyň Aragatnaşyk ministrligi|Министерство связи Туркменистана|Ministry of Communications of Turkmenistan|Aragatnaşyk ministrligi|Минсвязи|Ministry of Communications
undp|partner|TM-S|BMG-niň Ösüş maksatnamasy, Türkmenistan|Программа развития ООН в Туркменистане|United Nations Development Programme, Turkmenistan|BMGÖM Türkmenistan|ПРООН Туркменистан|UNDP Turkmenistan
ega|partner||e-Dolandyryş akademiýasy, Estoniýa|Академия электронного управления, Эстония|e-Governance Academy, Estonia|e-Dolandyryş akademiýasy|Академия э-управления|e-Governance Academy
minmaliye|ministry|TM-S|Maliýe we ykdysadyýet ministrligi|Министерство финансов и экономики|Ministry of Finance and Economy|Maliýe ministrligi|Минфин|Ministry of Finance
minbilim|ministry|TM-S|Bilim ministrligi|Министерство образования|Ministry of Education|Bilim ministrligi|Минобразования|Ministry of Education
minsaglyk|ministry|TM-S|Saglygy goraýyş ministrligi|Министерство здравоохранения|Ministry of Health|Saglyk ministrligi|Минздрав|Ministry of Health
minadalat|ministry|TM-S|Adalat ministrligi|Министерство юстиции|Ministry of Justice|Adalat ministrligi|Минюст|Ministry of Justice
minzahmet|ministry|TM-S|Zähmet we ilaty durmuş taýdan goramak ministrligi|Министерство труда и социальной защиты населения|Ministry of Labour and Social Protection|Zähmet ministrligi|Минтруд|Ministry of Labour
minenergetika|ministry|TM-S|Energetika ministrligi|Министерство энергетики|Ministry of Energy|Energetika ministrligi|Минэнерго|Ministry of Energy
minobahojalyk|ministry|TM-S|Oba hojalyk ministrligi|Министерство сельского хозяйства|Ministry of Agriculture|Oba hojalyk ministrligi|Минсельхоз|Ministry of Agriculture
mindasky-gursaw|ministry|TM-S|Daşky gurşawy goramak ministrligi|Министерство охраны окружающей среды|Ministry of Environmental Protection|Daşky gurşaw ministrligi|Минэкологии|Ministry of Environment
minsowda|ministry|TM-S|Söwda we daşary ykdysady aragatnaşyklar ministrligi|Министерство торговли и внешнеэкономических связей|Ministry of Trade and Foreign Economic Relations|Söwda ministrligi|Минторг|Ministry of Trade
gumruk|agency|TM-S|Döwlet gümrük gullugy|Государственная таможенная служба|State Customs Service|Gümrük gullugy|Таможенная служба|Customs Service
salgyt|agency|TM-S|Döwlet salgyt gullugy|Государственная налоговая служба|State Tax Service|Salgyt gullugy|Налоговая служба|Tax Service
statistika|agency|TM-S|Statistika baradaky döwlet komiteti|Государственный комитет по статистике|State Committee on Statistics|Statistika komiteti|Госкомстат|Statistics Committee
standart|agency|TM-S|Standartlar gullugy|Служба стандартизации|Standards Service|Standartlar gullugy|Служба стандартов|Standards Service
pensiya|agency|TM-S|Pensiýa gaznasy|Пенсионный фонд|Pension Fund|Pensiýa gaznasy|Пенсионный фонд|Pension Fund
kiberhowpsuzlyk|agency|TM-S|Kiberhowpsuzlyk gullugy|Служба кибербезопасности|Cybersecurity Service|Kiberhowpsuzlyk gullugy|Служба кибербезопасности|Cybersecurity Service
telekom-uni|university|TM-S|Telekommunikasiýalar we informatika uniwersiteti|Университет телекоммуникаций и информатики|University of Telecommunications and Informatics|Telekommunikasiýa uniwersiteti|Университет телекоммуникаций|Telecommunications University
inzenerlik-uni|university|TM-S|Inžener-tehnologiýalar uniwersiteti|Университет инженерных технологий|University of Engineering Technologies|Inženerlik uniwersiteti|Инженерный университет|Engineering University
ykdysadyyet-uni|university|TM-S|Ykdysadyýet we dolandyryş instituty|Институт экономики и управления|Institute of Economics and Management|Ykdysadyýet instituty|Институт экономики|Institute of Economics
mary-uni|university|TM-M|Mary tehniki uniwersiteti|Марыйский технический университет|Mary Technical University|Mary uniwersiteti|Марыйский университет|Mary University
asgabat|regional|TM-S|Aşgabat şäheriniň häkimligi|Хякимлик города Ашхабада|Administration of Ashgabat city|Aşgabat häkimligi|Хякимлик Ашхабада|Ashgabat administration
ahal|regional|TM-A|Ahal welaýatynyň häkimligi|Хякимлик Ахалского велаята|Regional administration of Ahal welaýat|Ahal häkimligi|Хякимлик Ахала|Ahal administration
balkan|regional|TM-B|Balkan welaýatynyň häkimligi|Хякимлик Балканского велаята|Regional administration of Balkan welaýat|Balkan häkimligi|Хякимлик Балкана|Balkan administration
dasoguz|regional|TM-D|Daşoguz welaýatynyň häkimligi|Хякимлик Дашогузского велаята|Regional administration of Daşoguz welaýat|Daşoguz häkimligi|Хякимлик Дашогуза|Daşoguz administration
lebap|regional|TM-L|Lebap welaýatynyň häkimligi|Хякимлик Лебапского велаята|Regional administration of Lebap welaýat|Lebap häkimligi|Хякимлик Лебапа|Lebap administration
mary|regional|TM-M|Mary welaýatynyň häkimligi|Хякимлик Марыйского велаята|Regional administration of Mary welaýat|Mary häkimligi|Хякимлик Мары|Mary administration
arkadag|regional|TM-AR|Arkadag şäheriniň häkimligi|Хякимлик города Аркадага|Administration of Arkadag city|Arkadag häkimligi|Хякимлик Аркадага|Arkadag administration
elektrik-aragatnasyk|enterprise|TM-S|Elektrik aragatnaşyk döwlet kompaniýasy|Государственная компания электросвязи|State Telecommunications Company|Elektrik aragatnaşyk|Электросвязь|Telecommunications Company
pocta|enterprise|TM-S|Poçta aragatnaşygy döwlet kompaniýasy|Государственная компания почтовой связи|State Postal Company|Poçta|Почта|Postal Company
suw-hojalyk|enterprise|TM-L|Suw hojalygy kärhanasy|Предприятие водного хозяйства|Water Management Enterprise|Suw hojalygy|Водное хозяйство|Water Management
"""


@dataclass(frozen=True)
class PostPlan:
    """A line of the staffing table that institutions of one kind share."""

    code: str
    group: RoleGroup
    grade: int
    title: dict[str, str]
    is_leading: bool = False
    family: str = "digital"


_HEAD = PostPlan(
    "HEAD",
    RoleGroup.SENIOR,
    9,
    words(
        "Sanly ulgamlar müdirliginiň müdiri",
        "Начальник управления цифровых систем",
        "Head of the digital systems department",
    ),
    is_leading=True,
)
_DEPUTY = PostPlan(
    "DEP",
    RoleGroup.SENIOR,
    8,
    words(
        "Sanly ulgamlar bölüminiň başlygy",
        "Заведующий отделом цифровых систем",
        "Chief of the digital systems section",
    ),
    is_leading=True,
)
_CHIEF = PostPlan(
    "CHIEF",
    RoleGroup.MIDDLE,
    7,
    words(
        "Sanly hyzmatlar boýunça baş hünärmen",
        "Главный специалист по цифровым услугам",
        "Chief specialist for digital services",
    ),
)
_HR = PostPlan(
    "HR",
    RoleGroup.MIDDLE,
    6,
    words(
        "Kadrlar boýunça baş hünärmen",
        "Главный специалист по кадрам",
        "Chief specialist for personnel",
    ),
    family="administration",
)
_SECURITY = PostPlan(
    "SEC",
    RoleGroup.SPECIALIST,
    5,
    words(
        "Maglumat howpsuzlygy boýunça hünärmen",
        "Специалист по информационной безопасности",
        "Information security specialist",
    ),
)
_IT = PostPlan(
    "IT",
    RoleGroup.SPECIALIST,
    4,
    words(
        "Maglumat ulgamlary boýunça hünärmen",
        "Специалист по информационным системам",
        "Information systems specialist",
    ),
)
_JUNIOR = PostPlan(
    "JUN",
    RoleGroup.SPECIALIST,
    3,
    words(
        "Tehniki goldaw boýunça hünärmen",
        "Специалист технической поддержки",
        "Technical support specialist",
    ),
)
_CHAIR = PostPlan(
    "CHAIR",
    RoleGroup.ACADEMIC,
    8,
    words("Kafedra müdiri", "Заведующий кафедрой", "Head of chair"),
    is_leading=True,
    family="academic",
)
_SENIOR_LECTURER = PostPlan(
    "SENLEC",
    RoleGroup.ACADEMIC,
    6,
    words("Uly mugallym", "Старший преподаватель", "Senior lecturer"),
    family="academic",
)
_LECTURER = PostPlan(
    "LEC",
    RoleGroup.ACADEMIC,
    5,
    words("Mugallym", "Преподаватель", "Lecturer"),
    family="academic",
)
_PROGRAMMES = PostPlan(
    "PROG",
    RoleGroup.MIDDLE,
    7,
    words(
        "Okuw maksatnamalary boýunça baş usulçy",
        "Главный методист учебных программ",
        "Chief methodologist of programmes",
    ),
    family="administration",
)
_EXPERT = PostPlan(
    "EXP",
    RoleGroup.SPECIALIST,
    7,
    words("Uly bilermen", "Старший эксперт", "Senior expert"),
)

STAFFING: dict[str, list[PostPlan]] = {
    Kind.ACADEMY: [_HEAD, _CHAIR, _PROGRAMMES, _SENIOR_LECTURER, _HR, _IT],
    Kind.MINISTRY: [_HEAD, _DEPUTY, _CHIEF, _HR, _SECURITY, _IT],
    Kind.AGENCY: [_DEPUTY, _CHIEF, _HR, _SECURITY, _IT],
    Kind.UNIVERSITY: [_CHAIR, _SENIOR_LECTURER, _LECTURER, _HR, _IT],
    Kind.REGIONAL: [_DEPUTY, _CHIEF, _HR, _IT, _JUNIOR],
    Kind.ENTERPRISE: [_DEPUTY, _CHIEF, _HR, _SECURITY, _JUNIOR],
    Kind.PARTNER: [_EXPERT],
}


def load(stage: Stage) -> None:
    """Seven regions, thirty-three institutions and their staffing tables."""
    regions = _regions()
    rows = [line.split("|") for line in ORGANISATIONS.strip().splitlines()]
    Organisation.objects.bulk_create(
        Organisation(
            code=code,
            kind=kind,
            region=regions.get(region),
            title=words(tk, ru, en),
            short_title=words(short_tk, short_ru, short_en),
            valid_from=max(FOUNDED, regions[region].valid_from) if region else FOUNDED,
        )
        for code, kind, region, tk, ru, en, short_tk, short_ru, short_en in rows
    )
    stage.organisations = {row.code: row for row in Organisation.objects.order_by("id")}
    Post.objects.bulk_create(
        Post(
            organisation=organisation,
            code=plan.code,
            title=plan.title,
            grade=plan.grade,
            role_group=plan.group,
            family=plan.family,
            is_leading=plan.is_leading,
        )
        for organisation in stage.organisations.values()
        for plan in STAFFING[organisation.kind]
    )
    stage.posts = {code: [] for code in stage.organisations}
    for post in Post.objects.select_related("organisation").order_by("id"):
        stage.posts[post.organisation.code].append(post)
    _record(stage)


def _regions() -> dict[str, Region]:
    Region.objects.bulk_create(
        Region(code=code, kind=kind, title=title, valid_from=since, order=order)
        for order, (code, kind, title, since) in enumerate(REGIONS, start=1)
    )
    return {region.code: region for region in Region.objects.all()}


def _record(stage: Stage) -> None:
    at = stage.at(date(2025, 9, 1))
    for organisation in stage.organisations.values():
        audit.record(
            "organisations.organisation.created",
            subject=organisation,
            by=None,
            at=at,
            details={"code": organisation.code, "kind": organisation.kind},
        )
