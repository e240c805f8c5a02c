package dev.clew.server.inspect;

import dev.clew.server.kernel.ApiRequest;
import dev.clew.server.kernel.Reply;
import dev.clew.server.kernel.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of the inspector, which is in a jar of its own: {@code clew-inspector}. Its files are public and carry no data; what
 * they show they ask for like any client. Without that jar, or if it was built without node, {@code /clew/} says so.
 */
public final class InspectorFiles {
    /** Where the jar has them. */
    private static final String PLACE = "META-INF/clew-inspector/";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "app.js", "text/javascript; charset=utf-8",
            "app.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private static final String MISSING = """
            The inspector's page is not here: put clew-inspector on the class path, and build that module with node and npm.
            What it would show is at /clew/threads.
            """;

    private InspectorFiles() {}

    /** A file with the tag by which a browser that has it is recognised. */
    private record Held(String type, byte[] bytes, String tag) {}

    /** The addresses of the page. */
    public static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        // A page needs the slash: its files and addresses are relative to it.
        routes.add(Route.get("/clew", null, request -> Reply.empty(308).with("Location", "clew/")));
        Held page = held("index.html", "text/html; charset=utf-8");
        if (page == null) {
            Held missing = held("text/plain; charset=utf-8", MISSING.getBytes(StandardCharsets.UTF_8));
            routes.add(Route.get("/clew/", null, request -> reply(request, missing, 404)));
            return routes;
        }
        routes.add(Route.get("/clew/", null, request -> reply(request, page, 200)));
        TYPES.forEach((name, type) -> {
            Held file = held(name, type);
            if (file != null) {
                routes.add(Route.get("/clew/" + name, null, request -> reply(request, file, 200)));
            }
        });
        return routes;
    }

    private static Reply reply(ApiRequest request, Held file, int status) {
        boolean same =
                request.header("if-none-match").filter(file.tag()::equals).isPresent();
        Reply reply = same ? Reply.empty(304) : new Reply.Bytes(status, Map.of(), file.type(), file.bytes());
        return reply.with("ETag", file.tag())
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static @Nullable Held held(String name, String type) {
        try (InputStream in = InspectorFiles.class.getClassLoader().getResourceAsStream(PLACE + name)) {
            return in == null ? null : held(type, in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the inspector's file " + name + " cannot be read", unreadable);
        }
    }

    private static Held held(String type, byte[] bytes) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Held(type, bytes, '"' + HexFormat.of().formatHex(sha, 0, 16) + '"');
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
