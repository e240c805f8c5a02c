package dev.clew.agents;

import dev.clew.graph.Changes;
import dev.clew.graph.NodeResult;
import dev.clew.graph.ScopeInput;
import dev.clew.graph.Send;
import dev.clew.graph.StateSpec;
import dev.clew.messages.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Asks about all calls of an answer at once, where a middleware wants that: judges each, asks one question about those that a gate
 * asks about, and sends them on with what was decided, group by group.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class ApprovalNode {
    static final String NAME = "approvals";

    private final Toolbox tools;
    private final GateStep gates;
    private final Loop loop;
    private final StateSpec<AgentState> spec;

    ApprovalNode(Toolbox tools, Hooks hooks, Loop loop, StateSpec<AgentState> spec) {
        this.tools = tools;
        this.gates = GateStep.of(hooks, tools);
        this.loop = loop;
        this.spec = spec;
    }

    NodeResult<AgentState> run(ScopeInput<AgentState, DueCalls> in) {
        List<ToolCall> due = in.sent().calls();
        Map<String, DueCall> known = ((FoldedState) in.state()).approved();
        boolean isNew = due.stream().anyMatch(call -> {
            DueCall before = known.get(call.id());
            return before == null || !before.call().equals(call); // a hook may have changed it
        });
        Map<String, DueCall> approved = isNew ? approved(due, in) : known;
        List<Send> next = loop.groups(due).get(0).stream()
                .map(call -> Send.to(ToolsNode.NAME, Objects.requireNonNull(approved.get(call.id()))))
                .toList();
        Changes<AgentState> changes = spec.changes();
        boolean isKept = isNew && next.size() < due.size(); // the others come here again, without a second question
        return (isKept ? changes.set(StateComponents.APPROVED, approved) : changes)
                .update()
                .goTo(next);
    }

    private Map<String, DueCall> approved(List<ToolCall> due, ScopeInput<AgentState, DueCalls> in) {
        List<DueCall> judged = new ArrayList<>();
        List<ToolApproval> asked = new ArrayList<>();
        for (ToolCall call : due) {
            GateStep.Outcome verdict = gates.judge(call, in::state, in.scope());
            judged.add(new DueCall(call, verdict, null));
            if (verdict.isAsked()) {
                ToolCall shown = tools.present(call);
                asked.add(new ToolApproval(call.id(), shown.name(), shown.args(), verdict.text(), verdict.allowed()));
            }
        }
        List<Decision> decisions = asked.isEmpty() ? List.of() : decisions(asked, in);
        Map<String, DueCall> approved = new LinkedHashMap<>();
        int number = 0;
        for (DueCall each : judged) {
            GateStep.Outcome verdict = Objects.requireNonNull(each.verdict());
            Decision decision = verdict.isAsked() ? decisions.get(number++) : null;
            approved.put(each.call().id(), new DueCall(each.call(), verdict, decision));
        }
        return approved;
    }

    private static List<Decision> decisions(List<ToolApproval> asked, ScopeInput<AgentState, DueCalls> in) {
        List<ToolApproval> question = asked;
        while (true) {
            List<Decision> given =
                    in.interrupt(BatchApproval.KEY, new ToolApprovals(question)).all();
            if (given.size() == asked.size()) {
                return given;
            }
            question = asked.stream()
                    .map(each -> new ToolApproval(
                            each.toolCallId(),
                            each.name(),
                            each.args(),
                            "There are " + asked.size() + " calls, and " + given.size() + " decisions were given. "
                                    + each.description(),
                            each.allowed()))
                    .toList();
        }
    }
}
