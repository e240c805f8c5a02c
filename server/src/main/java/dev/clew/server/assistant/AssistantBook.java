package dev.clew.server.assistant;

import dev.clew.server.json.Json;
import dev.clew.server.kept.Documents;
import dev.clew.server.kernel.ApiRefusal;
import dev.clew.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The assistants that clients made, with all versions of each. Every change is a version; one of them is the present one.
 * Two servers that change one assistant at the same moment may give one number twice: then the last change counts.
 * Thread-safe.
 *
 * <pre>{@code
 * ObjectNode second = assistants.change(first.put("name", "Ann's essays"));
 * }</pre>
 */
public final class AssistantBook {
    private static final String NEWEST = "newest";
    private static final String VERSION = "version";
    private static final String ID = "assistant_id";

    private final Documents present;
    private final Documents versions;

    public AssistantBook(Store store) {
        this.present = new Documents(store, "assistants");
        this.versions = new Documents(store, "assistant-versions");
    }

    /** An assistant as clients read it; empty if nobody made one of this id. */
    public Optional<ObjectNode> find(String id) {
        return present.find(id).map(AssistantBook::view);
    }

    /** All assistants as clients read them. */
    public List<ObjectNode> all() {
        return present.all().stream().map(AssistantBook::view).toList();
    }

    private static ObjectNode view(ObjectNode stored) {
        ObjectNode view = stored.deepCopy();
        view.remove(NEWEST);
        return view;
    }

    /**
     * Stores a new one.
     *
     * @throws ApiRefusal if there are too many
     */
    public synchronized ObjectNode create(ObjectNode assistant) {
        if (present.all().size() >= Documents.MOST) {
            throw ApiRefusal.invalid(
                    "there are " + Documents.MOST + " assistants, which is as many as a server may have; delete some");
        }
        return stored(assistant, 1);
    }

    /** Stores what was changed as a new version, which is the present one then. */
    public synchronized ObjectNode change(ObjectNode changed) {
        String id = changed.get(ID).asString();
        return stored(changed, newest(require(id)) + 1);
    }

    private ObjectNode stored(ObjectNode assistant, int version) {
        ObjectNode kept = assistant.deepCopy();
        kept.put(VERSION, version);
        kept.put(NEWEST, version);
        String id = kept.get(ID).asString();
        versions.put(key(id, version), view(kept));
        present.put(id, kept);
        return view(kept);
    }

    /**
     * Makes a version the present one.
     *
     * @throws ApiRefusal if there is none of this number
     */
    public synchronized ObjectNode choose(String id, int version) {
        ObjectNode before = require(id);
        ObjectNode chosen = version > newest(before)
                ? null
                : versions.find(key(id, version)).orElse(null);
        if (chosen == null) {
            throw ApiRefusal.notFound("the assistant '" + id + "' has no version " + version);
        }
        ObjectNode kept = chosen.deepCopy();
        kept.put(NEWEST, newest(before));
        present.put(id, kept);
        return view(kept);
    }

    /** The versions of an assistant, the newest first. */
    public List<ObjectNode> versions(String id) {
        List<ObjectNode> all = new ArrayList<>();
        for (int version = newest(require(id)); version > 0; version--) {
            versions.find(key(id, version)).ifPresent(each -> {
                each.remove("updated_at");
                all.add(each);
            });
        }
        return all;
    }

    /** Deletes an assistant and its versions. */
    public synchronized void delete(String id) {
        int newest = newest(require(id));
        present.delete(id);
        for (int version = newest; version > 0; version--) {
            versions.delete(key(id, version));
        }
    }

    private ObjectNode require(String id) {
        return present.find(id).orElseThrow(() -> ApiRefusal.notFound("there is no assistant '" + id + "'"));
    }

    private static int newest(ObjectNode stored) {
        return stored.get(NEWEST).asInt();
    }

    private static String key(String id, int version) {
        return id + "@" + version;
    }

    /**
     * The configuration and context of a run: what the assistant has, with what the client sends over it, member by member.
     *
     * @param body of the run
     */
    public static ObjectNode applied(ObjectNode assistant, ObjectNode body) {
        ObjectNode run = body.deepCopy();
        run.set(ID, assistant.get("graph_id"));
        ObjectNode config = over(object(assistant, "config"), object(run, "config"));
        ObjectNode configurable = over(
                object(object(assistant, "config"), "configurable"), object(object(run, "config"), "configurable"));
        configurable.set(ID, assistant.get(ID));
        config.set("configurable", configurable);
        run.set("config", config);
        run.set("context", over(object(assistant, "context"), object(run, "context")));
        return run;
    }

    private static ObjectNode over(ObjectNode below, ObjectNode above) {
        ObjectNode all = below.deepCopy();
        above.properties().forEach(member -> all.set(member.getKey(), member.getValue()));
        return all;
    }

    private static ObjectNode object(ObjectNode of, String member) {
        return of.get(member) instanceof ObjectNode object ? object : Json.object();
    }
}
