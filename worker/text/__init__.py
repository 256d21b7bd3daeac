"""From a text as received to sentences and tokens whose offsets point into that very text."""

from worker.text.normalise import normalise
from worker.text.sentences import Sentence, sentences
from worker.text.tokens import Token, tokens

__all__ = ["Sentence", "Token", "normalise", "sentences", "tokens"]
