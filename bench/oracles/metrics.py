"""Answers of empyrical-reloaded and scipy for the series of bench/metrics.mjs, as one JSON object on standard output.

    python3.11 -m venv /tmp/metrics && /tmp/metrics/bin/pip install empyrical-reloaded==0.5.12 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 bottleneck==1.6.0 pytz==2025.2
    node bench/metrics.mjs --python /tmp/metrics/bin/python

Standard input: a list of {name, returns: [..], benchmark: [..] or null, riskFree, periods}; the risk-free is by the year.
"""

import json
import platform
import sys
from importlib.metadata import version

import empyrical
import numpy
import pandas
import scipy.stats


def series(values):
    return pandas.Series(numpy.array(values, dtype=float), index=pandas.bdate_range("2000-01-03", periods=len(values)))


def answers(one):
    returns, periods = series(one["returns"]), one["periods"]
    free = one["riskFree"] / periods
    said = {
        "cumulativeReturn": empyrical.cum_returns_final(returns),
        "annualReturn": empyrical.annual_return(returns, annualization=periods),
        "annualVolatility": empyrical.annual_volatility(returns, annualization=periods),
        "sharpeRatio": empyrical.sharpe_ratio(returns, risk_free=free, annualization=periods),
        "sortinoRatio": empyrical.sortino_ratio(returns, required_return=free, annualization=periods),
        "downsideDeviation": empyrical.downside_risk(returns, required_return=free, annualization=periods),
        "calmarRatio": empyrical.calmar_ratio(returns, annualization=periods),
        "maxDrawdown": empyrical.max_drawdown(returns),
        "omegaRatio": empyrical.omega_ratio(returns),
        "tailRatio": empyrical.tail_ratio(returns),
        "valueAtRisk": empyrical.value_at_risk(returns, cutoff=0.05),
        "expectedShortfall": empyrical.conditional_value_at_risk(returns, cutoff=0.05),
        "stability": empyrical.stability_of_timeseries(returns),
        "skewness": scipy.stats.skew(returns),
        "kurtosis": scipy.stats.kurtosis(returns, fisher=True),
    }
    if one["benchmark"] is not None:
        factor = series(one["benchmark"])
        said["alpha"] = empyrical.alpha(returns, factor, risk_free=free, annualization=periods)
        said["beta"] = empyrical.beta(returns, factor, risk_free=free)
    return {name: float(value) for name, value in said.items()}


def main():
    asked = json.load(sys.stdin)
    packages = [f"{name} {version(name)}" for name in ("empyrical-reloaded", "bottleneck", "scipy", "numpy", "pandas")]
    json.dump({"with": [f"Python {platform.python_version()}", *packages], "answers": [answers(one) for one in asked]}, sys.stdout)


main()
