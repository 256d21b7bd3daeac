"""Claims of one front → days → cells: what the statements of many articles come to when all are held together."""

from worker.ledger.book import Book
from worker.ledger.crowd import Coverage
from worker.ledger.result import Account, Conflict, DayResult, SetAside, Slip, WeekResult

__all__ = ["Account", "Book", "Conflict", "Coverage", "DayResult", "SetAside", "Slip", "WeekResult"]
