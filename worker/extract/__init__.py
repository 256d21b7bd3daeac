"""From the text of an article to the claims it makes; `extract` is the way in, `explain` shows how it was read."""

from worker.extract.claims import extract
from worker.extract.explain import Explanation, explain
from worker.extract.reading import LIMITS, Limit

__all__ = ["LIMITS", "Explanation", "Limit", "explain", "extract"]
