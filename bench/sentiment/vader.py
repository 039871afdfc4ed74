"""Reads a JSON array of texts, writes VADER's compound scores as a JSON array. Needs: pip install vaderSentiment==3.3.2"""

import json
import sys

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

analyzer = SentimentIntensityAnalyzer()
json.dump([analyzer.polarity_scores(text)["compound"] for text in json.load(sys.stdin)], sys.stdout)
