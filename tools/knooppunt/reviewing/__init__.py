"""Reviewing translations: what the review page does, without HTTP; see `Session`."""

from knooppunt.reviewing.model import Ref, ReviewError, Submission
from knooppunt.reviewing.session import Session, open_session

__all__ = ("Ref", "ReviewError", "Session", "Submission", "open_session")
