"""Every write of this room; the modules are split by their subject."""

from hunar.careers.services.candidacies import apply, withdraw
from hunar.careers.services.competitions import Terms, draft, edit, publish
from hunar.careers.services.merit_lists import rank

__all__ = ["Terms", "apply", "draft", "edit", "publish", "rank", "withdraw"]
