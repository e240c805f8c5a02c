package dev.clew.server.api;

import dev.clew.server.a2a.AgentCard;
import dev.clew.server.a2a.InputShape;
import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Operation;
import dev.clew.server.catalog.Served;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.PathIds;
import dev.clew.server.kernel.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Assistants as agents, as far as the caller may see them.
 *
 * @param publicUrl where clients reach the server, with its base path; empty if a request says it
 * @param basePath the path below which everything is
 */
record A2aAgents(Parts parts, String publicUrl, String basePath) {
    private static final String ID = "assistant_id";

    /**
     * An assistant.
     *
     * @param served the workflow that it runs
     */
    record Agent(String id, String name, String description, Served served) {}

    /**
     * The agent that the address names.
     *
     * @throws ApiRefusal with 404 if there is none, or the caller may not see it
     */
    Agent require(ApiRequest request) {
        String id = request.path(ID);
        Optional<Served> own = parts.catalog().find(id);
        if (own.isPresent()) {
            return agent(own.get());
        }
        Decision decision = new Gate(parts).decide(request.on(Map.of(ID, id)), Operation.Assistants.READ);
        return new Assistants(parts)
                .made(decision, id)
                .map(made -> agent(id, made))
                .orElseThrow(() -> ApiRefusal.notFound("there is no assistant '" + id + "'"));
    }

    private static Agent agent(Served served) {
        return new Agent(served.assistantId(), served.graphId(), described(served), served);
    }

    private static String described(Served served) {
        return "Runs the workflow '" + served.graphId() + "'.";
    }

    private Agent agent(String id, ObjectNode made) {
        Served served = parts.catalog().require(made.get("graph_id").asString());
        String said = made.path("description").asString("");
        return new Agent(id, made.path("name").asString(id), said.isEmpty() ? described(served) : said, served);
    }

    Reply card(ApiRequest request) {
        Decision unused = new Gate(parts).decide(request, Operation.Assistants.READ);
        Agent agent = require(request);
        String url = base(request) + "/a2a/" + PathIds.write(agent.id());
        return Reply.json(
                new AgentCard(agent.id(), agent.name(), agent.description(), url, InputShape.of(agent.served()))
                        .json());
    }

    /** The card of the one that the query names; without a name, of the only one that there is. */
    Reply cardByQuery(ApiRequest request) {
        Decision unused = new Gate(parts).decide(request, Operation.Assistants.READ);
        List<Served> all = parts.catalog().all();
        String id = request.query(ID)
                .or(() -> all.size() == 1 ? Optional.of(all.get(0).assistantId()) : Optional.empty())
                .orElseThrow(() -> ApiRefusal.badRequest("the parameter 'assistant_id' is missing; there are "
                        + all.stream().map(Served::graphId).toList()));
        return card(request.on(Map.of(ID, id)));
    }

    private String base(ApiRequest request) {
        if (!publicUrl.isEmpty()) {
            return publicUrl;
        }
        String scheme =
                request.header("x-forwarded-proto").filter("https"::equals).orElse("http");
        return scheme + "://" + request.header("host").orElse("localhost") + basePath;
    }
}
