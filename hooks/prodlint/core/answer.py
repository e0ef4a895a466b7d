"""Three answers: what a model cannot know is unknown, and rules keep silent about it."""

from enum import Enum


class Answer(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
