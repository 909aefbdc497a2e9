"""The only place where adapters are chosen and wired."""

from reviewer.compose.indexes import build_index, index_state, prune_indexes
from reviewer.compose.policies import SimulationRequest, policy_of, simulate_merged
from reviewer.compose.reviewing import Request, open_view, review
from reviewer.compose.splitting import FoundSplit, split_change
from reviewer.compose.tracing import TraceRequest, trace

__all__ = [
    "FoundSplit",
    "Request",
    "SimulationRequest",
    "TraceRequest",
    "build_index",
    "index_state",
    "open_view",
    "policy_of",
    "prune_indexes",
    "review",
    "simulate_merged",
    "split_change",
    "trace",
]
