"""The graph: which stage follows which."""

from functools import cache

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from reviewer.pipeline import nodes
from reviewer.pipeline.run import Run
from reviewer.pipeline.state import ReviewState


@cache
def review_graph() -> CompiledStateGraph[ReviewState, Run, ReviewState, ReviewState]:
    """The stages in order; the agents side by side.

    snapshot → gates → evidence → triage → split → rules → brief → agents → verify → challenge → decide
    """
    graph = StateGraph(ReviewState, context_schema=Run)
    graph.add_node("snapshot", nodes.take_snapshot)
    graph.add_node("gates", nodes.check_gates)
    graph.add_node("evidence", nodes.collect_evidence)
    graph.add_node("triage", nodes.assess_risk)
    graph.add_node("split", nodes.plan_split)
    graph.add_node("rules", nodes.run_rules)
    graph.add_node("brief", nodes.brief_agents)
    graph.add_node("agent", nodes.ask_agent)
    graph.add_node("skip_agents", nodes.skip_agents)
    graph.add_node("verify", nodes.verify_findings)
    graph.add_node("challenge", nodes.challenge_approval)
    graph.add_node("decide", nodes.make_decision)
    graph.add_edge(START, "snapshot")
    graph.add_edge("snapshot", "gates")
    graph.add_edge("gates", "evidence")
    graph.add_edge("evidence", "triage")
    graph.add_edge("triage", "split")
    graph.add_edge("split", "rules")
    graph.add_edge("rules", "brief")
    graph.add_conditional_edges("brief", nodes.fan_out, ["agent", "skip_agents"])
    graph.add_edge("agent", "verify")
    graph.add_edge("skip_agents", "verify")
    graph.add_edge("verify", "challenge")
    graph.add_edge("challenge", "decide")
    graph.add_edge("decide", END)
    return graph.compile()
