package dev.clew.server.api;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What anybody may ask: whether the server is well, and what it is. */
public record MetaApi(Parts parts) {
    public List<Route> routes() {
        return List.of(
                Route.get("/ok", null, this::ok), Route.get("/", null, this::ok), Route.get("/info", null, this::info));
    }

    private Reply ok(ApiRequest request) {
        if (request.queryFlag("check_db")) {
            boolean unused = parts.book().index().find("-").isPresent();
        }
        ObjectNode ok = Json.object();
        ok.put("ok", true);
        ok.set("services", Json.object());
        return Reply.json(ok);
    }

    private Reply info(ApiRequest request) {
        ObjectNode info = Json.object();
        info.put("version", version());
        ObjectNode flags = Json.object();
        flags.put("assistants", true);
        flags.put("crons", parts.crons() != null);
        flags.put("langsmith", false);
        flags.put("langsmith_tracing_replicas", false);
        info.set("flags", flags);
        ObjectNode host = Json.object();
        host.put("kind", "clew");
        info.set("host", host);
        return Reply.json(info);
    }

    private static String version() {
        return Optional.ofNullable(MetaApi.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
