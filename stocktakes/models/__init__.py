"""Reviews: a year's cycle, its stocktakes and their frozen records, promises, requests, and what the board did."""

from stocktakes.models.board import BoardAct, BoardMeeting, BoardQuestion
from stocktakes.models.ledger import Commitment, CommitmentReview, Request, RequestDecision
from stocktakes.models.records import Cycle, Slide, Snapshot, Stocktake, StocktakeStep

__all__ = [
    "BoardAct",
    "BoardMeeting",
    "BoardQuestion",
    "Commitment",
    "CommitmentReview",
    "Cycle",
    "Request",
    "RequestDecision",
    "Slide",
    "Snapshot",
    "Stocktake",
    "StocktakeStep",
]
