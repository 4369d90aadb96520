"""Filters and tags that every template has without ``{% load %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django import template
from django.forms import BoundField
from django.forms import widgets as form_widgets
from django.http import QueryDict
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from hunar.ui import running_text

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
MISSING = "\N{EN DASH}"
ACADEMIC_HOUR = 45
FALLBACK = ("tk", "ru", "en")


@register.filter
def minutes(value: int | None) -> str:
    """``1440`` as "24 h 0 min"; below one hour the minutes alone."""
    if value is None:
        return MISSING
    hours, rest = divmod(int(value), 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def academic_hours(value: int | None) -> str:
    """Minutes as academic hours of 45 minutes, with one decimal if it is not whole."""
    if value is None:
        return MISSING
    whole = int(value) % ACADEMIC_HOUR == 0
    amount = int(value) // ACADEMIC_HOUR if whole else int(value) / ACADEMIC_HOUR
    count = int(amount) if whole else 2
    sentence = ngettext("%(hours)s academic hour", "%(hours)s academic hours", count)
    return sentence % {"hours": number(amount, 0 if whole else 1)}


@register.filter
def localdate(value: date | datetime | None) -> str:
    """The day in words, in the academy's time zone: 18 November 2025."""
    if value is None or value == "":
        return ""
    return format_date(_day(value), format="long", locale=_locale())


@register.filter
def shortdate(value: date | datetime | None) -> str:
    """The day in figures, for tables: 18.11.2025."""
    if value is None or value == "":
        return ""
    return _day(value).strftime("%d.%m.%Y")


@register.filter
def localdatetime(value: datetime | None) -> str:
    """The day in words and the time of the day, in the academy's time zone."""
    if value is None or value == "":
        return ""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{format_date(moment.date(), format='long', locale=_locale())}, {moment:%H:%M}"


@register.filter
def clock(value: Any) -> str:
    """The time of the day alone: 14:30."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "H:i")


@register.filter
def text(value: Mapping[str, str] | str | None) -> str:
    """The words in the reader's language, out of ``{"tk": …, "ru": …, "en": …}``.

    A missing language falls back to Turkmen, Russian, English, then to any.
    """
    if value is None:
        return ""
    if not isinstance(value, Mapping):
        return str(value)
    for code in ((get_language() or "")[:2], *FALLBACK):
        if words := value.get(code):
            return str(words)
    return next((str(words) for words in value.values() if words), "")


@register.filter(is_safe=True)
def markdown(value: Mapping[str, str] | str | None) -> SafeString:
    """Markdown as sanitised HTML; a dictionary of languages is resolved first."""
    return mark_safe(running_text.to_html(text(value)))


@register.filter
def number(value: float | Decimal | str | None, digits: int | str = 2) -> str:
    """A number with the language's separators and at most ``digits`` decimals."""
    if value is None or value == "":
        return MISSING
    places = int(digits)
    pattern = "#,##0." + "#" * places if places else "#,##0"
    return str(format_decimal(Decimal(str(value)), format=pattern, locale=_locale()))


@register.filter
def fixed(value: float | Decimal | str | None, digits: int | str = 2) -> str:
    """As ``number``, with exactly ``digits`` decimals: scores under one another."""
    if value is None or value == "":
        return MISSING
    places = int(digits)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(Decimal(str(value)), format=pattern, locale=_locale()))


@register.filter
def percent(value: float | Decimal | str | None, digits: int = 0) -> str:
    """A share between 0 and 1 as per cent."""
    if value is None or value == "":
        return MISSING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    pattern += "%" if _locale() == "en_GB" else f"{NO_BREAK}%"
    return str(format_percent(Decimal(str(value)), format=pattern, locale=_locale()))


@register.filter
def initials(name: object) -> str:
    """The first letters of the first two words of a name."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.filter
def widget_kind(field: BoundField) -> str:
    """How ``<c-ui.field>`` lays a field out: check, choices, parts, hidden or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, form_widgets.CheckboxSelectMultiple | form_widgets.RadioSelect):
        return "choices"
    if isinstance(widget, form_widgets.CheckboxInput):
        return "check"
    if isinstance(widget, form_widgets.MultiWidget | form_widgets.SelectDateWidget):
        return "parts"
    return "line"


@register.filter
def rest(attrs: Any) -> SafeString:
    """A component's further attributes, escaped: ``{{ attrs|rest }}`` in its first tag."""
    shown = attrs.attrs_dict().items()
    parts = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in shown
        if value is not False and value is not None
    ]
    return mark_safe("".join(parts))


@register.filter
def either(value: object, otherwise: object) -> SafeString:
    """``value`` unless it is blank, then ``otherwise``; white space counts as blank."""
    chosen = value if str(value or "").strip() else otherwise
    return conditional_escape(chosen if isinstance(chosen, str) else str(chosen))


@register.filter
def filled(value: object) -> bool:
    """Whether a slot holds more than white space."""
    return bool(str(value or "").strip())


@register.simple_tag(takes_context=True)
def querystring(context: Context, **changes: object) -> str:
    """The query of this page with parameters replaced: ``{% querystring page=2 %}``.

    None or an empty text removes a parameter; a list gives it several times. Unlike
    Django's own tag it also works inside components, which have no request of their own.
    """
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(part) for part in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_state(context: Context, field: str) -> dict[str, str]:
    """How the page is sorted by ``field``, and the query that sorts it the other way."""
    request = context.get("request")
    sorted_by = request.GET.get("sort", "") if request else ""
    state = {field: "ascending", f"-{field}": "descending"}.get(sorted_by, "")
    following = f"-{field}" if state == "ascending" else field
    return {"state": state, "href": querystring(context, sort=following, page=None)}


@register.simple_tag(takes_context=True)
def kept_parameters(context: Context, names: str) -> list[tuple[str, str]]:
    """Parameters of this page that a filter form must carry along."""
    request = context.get("request")
    if not request:
        return []
    return [(name, value) for name in names.split() for value in request.GET.getlist(name)]


@register.simple_tag(takes_context=True)
def parameter(context: Context, name: str) -> str:
    """One parameter of this page's query."""
    request = context.get("request")
    return str(request.GET.get(name, "")) if request else ""


@register.simple_tag
def page_numbers(page_obj: Any) -> list[int | str]:
    """The numbers that pagination shows, with "…" where it leaves some out."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1))


@register.simple_tag
def meter_state(
    value: Any, low_end: Any, high_end: Any, low: Any, high: Any, optimum: Any
) -> dict[str, str]:
    """How far a meter reaches, in per cent, and its tone by HTML's rule for ``<meter>``."""
    at, start, end = float(value or 0), float(low_end), float(high_end)
    share = min(max((at - start) / (end - start), 0.0), 1.0) * 100 if end > start else 0.0
    tone = ""
    if low != "" or high != "":
        first = start if low == "" else float(low)
        last = end if high == "" else float(high)
        best = _third((start + end) / 2 if optimum == "" else float(optimum), first, last)
        tone = ("good", "warn", "bad")[abs(_third(at, first, last) - best)]
    return {"share": f"{share:.1f}", "tone": tone}


@register.simple_tag
def qr_code(content: str) -> SafeString:
    """``content`` as a QR code, inline SVG without style attributes."""
    import segno  # only pages with a code pay for it

    drawing = segno.make(content, error="m", micro=False)
    return mark_safe(drawing.svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None))


def _third(value: float, low: float, high: float) -> int:
    return 0 if value < low else 2 if value > high else 1


def _locale() -> str:
    code = (get_language() or "en")[:2]
    return "en_GB" if code == "en" else code


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
