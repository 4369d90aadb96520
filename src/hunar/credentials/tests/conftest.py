"""A database that threads share, as the exams room has it."""

from hunar.exams.tests.conftest import empty_database, shared_database

__all__ = ["empty_database", "shared_database"]
