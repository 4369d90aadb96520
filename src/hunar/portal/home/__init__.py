"""A person's home page: what waits for her, and an overview that depends on her roles."""

from hunar.portal.home.blocks import Block, blocks_for
from hunar.portal.home.greetings import greeting
from hunar.portal.home.tasks import first_tasks, later_tasks

__all__ = ["Block", "blocks_for", "first_tasks", "greeting", "later_tasks"]
