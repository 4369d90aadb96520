"""Input elements of HTML that Django's own widgets do not ask for."""

from __future__ import annotations

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar; the value travels as 2025-11-18."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock; the value travels as 14:30."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """Date and time in one field; the value travels as 2025-11-18T14:30."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")
