"""Makes up bars on which every candlestick pattern occurs, and writes them with TA-Lib's answers.

    python3 -m venv /tmp/oracles && /tmp/oracles/bin/pip install TA-Lib==0.8.2 numpy==2.4.6
    /tmp/oracles/bin/python bench/oracles/candlesticks.py > tests/made-up-candles.csv

Quiet random bars, and between them the shapes below, each bent at random until TA-Lib answers what is wanted; then the
same with one price moved, tick by tick, until TA-Lib takes its answer back: the last tick is the edge of a condition.
Prices are small whole numbers: sums of them are exact, and ties (a body of exactly the average, two equal opens) occur.
"""

import random
import sys

import numpy
import talib

SEED = 61
WANTED = 3  # Hits of every pattern, for every answer that it can give.
EDGES = 6  # Near misses of every shape.
TRIES = 4000
TICKS = 80  # How far a price is moved in search of an edge.
MEMORY = 40  # Bars that are handed to TA-Lib; no pattern looks further back than 14, and 3 more for a confirmation.

# Open, high, low, close of each candle from the close before on, in bodies of the market at that time.
SHAPES = {
    "2crows": [(0, 2.1, -0.1, 2), (3, 3.1, 2.4, 2.5), (2.8, 2.9, 0.9, 1)],
    "3blackcrows": [(0, 1.2, -0.1, 1), (0.9, 1, -0.42, -0.4), (0, 0.05, -1.2, -1.2), (-0.8, -0.75, -2, -2)],
    "3inside": [(0, 0.1, -2.1, -2), (-1.5, -0.9, -1.6, -1), (-1, 0.5, -1.1, 0.4)],
    "3linestrike": [(0, 1, 0, 1), (0.5, 1.6, 0.5, 1.5), (1, 2.1, 1, 2), (2.3, 2.4, -0.6, -0.5)],
    "3outside": [(0, 0.2, -0.7, -0.5), (-0.6, 0.5, -0.7, 0.3), (0.2, 0.9, 0.1, 0.8)],
    "3starsinsouth": [(0, 0.1, -5, -2), (-1.5, -1.4, -4, -2.5), (-2.4, -2.4, -2.7, -2.7)],
    "3whitesoldiers": [(0, 1.5, -0.1, 1.5), (0.8, 2.5, 0.7, 2.5), (1.8, 3.5, 1.7, 3.5)],
    "abandonedbaby": [(0, 0.1, -2.1, -2), (-2.6, -2.5, -2.7, -2.6), (-2.3, -0.4, -2.35, -0.5)],
    "advanceblock": [(0, 2.1, -0.1, 2), (1.5, 2.9, 1.4, 2.6), (2.2, 3.3, 2.1, 2.8)],
    "breakaway": [
        (0, 0.1, -2.1, -2),
        (-2.3, -2.2, -2.9, -2.8),
        (-2.9, -2.7, -3.5, -3.3),
        (-3.3, -3.1, -3.9, -3.8),
        (-3.8, -2.1, -3.9, -2.15),
    ],
    "concealbabyswall": [(0, 0, -1, -1), (-1.1, -1.1, -2.2, -2.2), (-2.5, -1.9, -2.9, -2.8), (-1.85, -1.8, -3.1, -3)],
    "counterattack": [(0, 0.1, -2.1, -2), (-4, -1.9, -4.1, -2)],
    "darkcloudcover": [(0, 1.6, -0.1, 1.5), (1.9, 2, 0.3, 0.4)],
    "dojistar": [(0, 0.1, -2.1, -2), (-2.4, -2.2, -2.6, -2.4)],
    "dragonflydoji": [(0, 0.02, -1, 0)],
    "engulfing": [(0, 0.2, -0.7, -0.5), (-0.5, 0.5, -0.6, 0.3)],
    "eveningdojistar": [(0, 2, -0.1, 1.9), (2.4, 2.6, 2.2, 2.4), (2.2, 2.3, 0.6, 0.7)],
    "eveningstar": [(0, 2, -0.1, 1.9), (2.3, 2.7, 2.2, 2.5), (2.2, 2.3, 0.6, 0.7)],
    "gapsidesidewhite": [(0, 1, -0.1, 0.9), (1.5, 2.5, 1.4, 2.4), (1.5, 2.6, 1.3, 2.45)],
    "gravestonedoji": [(0, 1, -0.02, 0)],
    "hammer": [(0, 0.05, -1.1, -1), (-1.2, -1, -2.4, -1.05)],
    "hangingman": [(0, 1.1, -0.1, 1), (1.2, 1.36, 0.2, 1.35)],
    "harami": [(0, 0.1, -2.1, -2), (-2, -1.2, -2.1, -1.4)],
    "haramicross": [(0, 0.1, -2.1, -2), (-2, -1.7, -2.3, -2)],
    "hikkake": [(0, 2, -2, 1), (0.5, 1, -1, -0.5), (-0.5, 0.5, -1.6, -1), (-0.6, 1.5, -0.8, 1.2)],
    "hikkakemod": [(0, 2, -2, 1), (0.5, 1.5, -1.6, -1.5), (-1, 1, -1, 0.5), (0, 0.8, -1.3, -1), (0, 2, -0.5, 1.5)],
    "homingpigeon": [(0, 0.1, -2.1, -2), (-1, -0.9, -1.6, -1.4)],
    "identical3crows": [(0, 0.1, -1, -1), (-1, -0.9, -2, -2), (-2, -1.9, -3, -3)],
    "inneck": [(0, 0.1, -2.4, -2), (-2.8, -1.9, -2.9, -2)],
    "invertedhammer": [(0, 0.05, -1.1, -1), (-1.6, -0.6, -1.62, -1.45)],
    "kicking": [(0, 0, -1.8, -1.8), (0.3, 2.2, 0.3, 2.2)],
    "kickingbylength": [(0, 0, -2.2, -2.2), (0.3, 2, 0.3, 2)],
    "ladderbottom": [
        (0, 0.2, -1.1, -1),
        (-0.6, -0.5, -1.7, -1.6),
        (-1.2, -1.1, -2.3, -2.2),
        (-2.1, -1.5, -2.7, -2.6),
        (-1.9, -1.1, -2, -1.2),
    ],
    "matchinglow": [(0, 0.1, -1.1, -1), (-0.4, -0.3, -1.1, -1)],
    "mathold": [
        (0, 2.6, -0.1, 2.5),
        (3, 3.1, 2.7, 2.8),
        (2.7, 2.75, 2.2, 2.3),
        (2.5, 2.55, 2, 2.1),
        (2.4, 3.6, 2.3, 3.5),
    ],
    "morningdojistar": [(0, 0.1, -2, -1.9), (-2.4, -2.2, -2.6, -2.4), (-2.2, -0.6, -2.3, -0.7)],
    "morningstar": [(0, 0.1, -2, -1.9), (-2.3, -2.2, -2.7, -2.5), (-2.2, -0.6, -2.3, -0.7)],
    "onneck": [(0, 0.1, -2.4, -2), (-2.8, -2.3, -2.9, -2.4)],
    "piercing": [(0, 0.1, -1.6, -1.5), (-1.9, -0.3, -2, -0.4)],
    "rickshawman": [(0, 1, -1, 0)],
    "risefall3methods": [
        (0, 2.6, -0.1, 2.5),
        (2.3, 2.35, 1.9, 2),
        (1.9, 2, 1.4, 1.6),
        (1.5, 1.6, 1, 1.2),
        (1.4, 3, 1.3, 2.9),
    ],
    "separatinglines": [(0, 0.1, -1, -0.9), (0, 1.6, 0, 1.5)],
    "shootingstar": [(0, 1.1, -0.05, 1), (1.6, 2.6, 1.58, 1.75)],
    "stalledpattern": [(0, 1.6, -0.1, 1.5), (1, 2.5, 0.9, 2.5), (2.5, 3, 2.4, 2.7)],
    "sticksandwich": [(0, 0.1, -1.1, -1), (-0.8, 0.5, -0.9, 0.4), (0.6, 0.7, -1.1, -1)],
    "takuri": [(0, 0.02, -1.5, 0)],
    "tasukigap": [(0, 1.1, -0.1, 1), (1.5, 2.5, 1.4, 2.4), (2, 2.1, 1.1, 1.15)],
    "thrusting": [(0, 0.1, -2.4, -2), (-2.8, -1.2, -2.9, -1.3)],
    "tristar": [(0, 0.2, -0.2, 0), (0.4, 0.6, 0.3, 0.4), (0.1, 0.3, -0.1, 0.1)],
    "unique3river": [(0, 0.1, -2.1, -2), (-0.9, -0.8, -3, -1.4), (-1.9, -1.5, -2.1, -1.6)],
    "upsidegap2crows": [(0, 2.1, -0.1, 2), (2.8, 2.9, 2.4, 2.5), (3.1, 3.2, 2.2, 2.3)],
    "xsidegap3methods": [(0, 1.1, -0.1, 1), (1.4, 2.5, 1.3, 2.4), (1.9, 2, 0.4, 0.5)],
}

# The other way this one is no mirror image: its candles stay white.
GAP_DOWN = {"gapsidesidewhite": [(0, 0.1, -1, -0.9), (-2.4, -1.4, -2.5, -1.5), (-2.4, -1.3, -2.6, -1.45)]}

BOTH_WAYS = (
    "3inside 3linestrike 3outside abandonedbaby belthold breakaway closingmarubozu counterattack dojistar gapsidesidewhite highwave "
    "kicking kickingbylength longline marubozu risefall3methods separatinglines shortline spinningtop tasukigap tristar xsidegap3methods"
).split()
SOFTLY = "engulfing harami haramicross".split()
CONFIRMED = "hikkake hikkakemod".split()
BEARISH = (
    "2crows 3blackcrows advanceblock darkcloudcover eveningdojistar eveningstar hangingman identical3crows inneck onneck shootingstar "
    "stalledpattern thrusting upsidegap2crows"
).split()

NAMES = [name[3:].lower() for name in sorted(talib.get_function_groups()["Pattern Recognition"])]


def answers_of(name):
    if name in BOTH_WAYS:
        return (100, -100)
    if name in SOFTLY:
        return (100, 80, -80, -100)
    if name in CONFIRMED:
        return (100, 200, -200, -100)
    return (-100,) if name in BEARISH else (100,)


def ask(name, bars):
    columns = numpy.array(bars, dtype=float).T
    return getattr(talib, "CDL" + name.upper())(*(numpy.ascontiguousarray(column) for column in columns))


def quiet(chance, close):
    opened = close + chance.choice([0, 0, chance.randint(-6, 6)])
    closed = opened + chance.choice([0, chance.randint(-4, 4), chance.randint(-20, 20), chance.randint(-30, 30)])
    shadow = lambda: chance.choice([0, chance.randint(0, 3), chance.randint(0, 20)])
    return (opened, max(opened, closed) + shadow(), min(opened, closed) - shadow(), closed)


def bent(chance, shape, bars):
    """The shape or its mirror image, in a random size and a little off."""
    # At most 60, or each shape would be a multiple of the one before.
    unit = min(60, sum(abs(bar[3] - bar[0]) for bar in bars[-10:]) / 10 + 4) * chance.uniform(0.4, 2.5)
    way = chance.choice([1, -1])
    noise = chance.choice([0, 0.03, 0.1])
    made = []
    for opened, high, low, closed in shape:
        top, bottom = (high, low) if way == 1 else (low, high)
        opened, top, bottom, closed = (
            round(bars[-1][3] + unit * (way * price + chance.gauss(0, noise))) for price in (opened, top, bottom, closed)
        )
        made.append((opened, max(opened, top, closed), min(opened, bottom, closed), closed))
    return made


def found(chance, name, answer, bars):
    """More bars, the last of which gives the answer."""
    shape = GAP_DOWN.get(name) if answer < 0 and name in GAP_DOWN else SHAPES.get(name)
    if shape is not None and name in CONFIRMED and abs(answer) == 100:
        shape = shape[:-1]
    for attempt in range(TRIES):
        made = [] if chance.random() < 0.7 else [quiet(chance, bars[-1][3])]
        # A lone candle has no shape of its own; others sometimes come up by chance.
        if shape is None or attempt % 4 == 3:
            made.append(quiet(chance, (bars + made)[-1][3]))
        else:
            made += bent(chance, shape, bars + made)
        if ask(name, (bars + made)[-MEMORY:])[-1] == answer:
            return made
    sys.exit(f"no luck with {name} {answer}")


def moved(bar, price, ticks):
    opened, high, low, closed = (value + ticks * (at == price) for at, value in enumerate(bar))
    return (opened, max(opened, high, closed), min(opened, low, closed), closed)


def edge(chance, name, bars, made):
    """The same bars with one price moved just so far that the answer is another, or none if it may go anywhere."""
    before = bars[-MEMORY:]
    answer = ask(name, before + made)[-1]
    at, price, way = chance.randrange(len(made)), chance.randrange(4), chance.choice([1, -1])
    for ticks in range(1, TICKS):
        missed = made[:at] + [moved(made[at], price, way * ticks)] + made[at + 1 :]
        if ask(name, before + missed)[-1] != answer:
            return missed
    return []


def main():
    chance = random.Random(SEED)
    bars = [(10000, 10010, 9990, 10005)]
    while len(bars) < 30:
        bars.append(quiet(chance, bars[-1][3]))
    wanted = [(name, answer) for name in NAMES for answer in answers_of(name)]
    for _ in range(WANTED):
        chance.shuffle(wanted)
        for name, answer in wanted:
            if (ask(name, bars) == answer).sum() >= WANTED:
                continue
            bars += found(chance, name, answer, bars)
            bars.append(quiet(chance, bars[-1][3]))
        # The market comes back, so that prices stay small.
        bars.append((10000, 10020, 9980, 10010))
    for name in SHAPES:
        bars.append((10000, 10020, 9980, 10010))
        edges = 0
        while edges < EDGES:
            made = found(chance, name, chance.choice(answers_of(name)), bars)
            missed = edge(chance, name, bars, made)
            edges += missed != []
            bars += missed
    print("open,high,low,close,answers")
    answers = {name: ask(name, bars) for name in NAMES}
    for i, bar in enumerate(bars):
        given = " ".join(f"{name}:{answers[name][i]}" for name in NAMES if answers[name][i])
        print(",".join(map(str, bar)) + "," + given)


main()
