from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.exams import permissions, queries, rules, services
from hunar.exams.forms import ExamForm, FormForm
from hunar.exams.views.tabs import staff_tabs
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def exam_list(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage_exams(request.person)
    exams = queries.exams_visible_to(request.person)
    context = {
        "page_obj": Paginator(exams, 25).get_page(request.GET.get("page")),
        "tabs": staff_tabs(request.person, current="exams:exams"),
    }
    return render(request, "exams/exam_list.html", context)


@signed_in
def new_exam(request: PersonRequest) -> HttpResponse:
    """First the course version, then what the exam asks of it."""
    permissions.check_can_manage_exams(request.person)
    versions = queries.versions_to_examine()
    version = versions.filter(pk=int(wish)).first() if (wish := _wish(request)) else None
    if version is None:
        return render(request, "exams/exam_version.html", {"versions": versions})
    form = ExamForm(request.POST or None, cells=queries.cells_of(version))
    if form.is_valid():
        exam = services.make_exam(version, **form.facts(), by=request.person, at=clock.now())
        messages.success(request, _("The exam is laid down. Now make a form of it."))
        return redirect("exams:exam", exam.pk)
    context = {"form": form, "version": version, "levels": queries.bloom_levels()}
    return render(request, "exams/exam_form.html", context)


def _wish(request: PersonRequest) -> str:
    wish = request.GET.get("version", "")
    return wish if wish.isdigit() else ""


@signed_in
def exam(request: PersonRequest, pk: int) -> HttpResponse:
    exam = get_object_or_404(queries.exams_visible_to(request.person), pk=pk)
    cells = queries.coverage_of(exam)
    forms = list(queries.forms_of(exam))
    context = {
        "exam": exam,
        "cells": cells,
        "size": rules.size(exam.blueprint),
        "is_covered": all(cell.is_covered for cell, _level in cells),
        "forms": forms,
        "form": FormForm(initial={"code": rules.next_form_code(form.code for form in forms)}),
    }
    return render(request, "exams/exam.html", context)


@require_POST
@signed_in
def new_form(request: PersonRequest, pk: int) -> HttpResponse:
    exam = get_object_or_404(queries.exams_visible_to(request.person), pk=pk)
    form = FormForm(request.POST)
    if form.is_valid():
        services.make_form(exam, **form.cleaned_data, by=request.person, at=clock.now())
        messages.success(request, _("The form is made. It can be sat now."))
    return redirect("exams:exam", pk)
