package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import dev.clew.graph.fold.Channels;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run must find again of a state: the type and the reducer of each component. A run records it before anything else,
 * because recorded updates mean something else under another reducer.
 *
 * @param byComponent a text for each component
 */
record StateForm(Map<String, String> byComponent) {
    /** How it is recorded. */
    static final TypeRef<Map<String, String>> TYPE = new TypeRef<Map<String, String>>() {};

    StateForm {
        byComponent = Map.copyOf(byComponent);
    }

    static StateForm of(Channels channels) {
        Map<String, String> forms = new LinkedHashMap<>();
        channels.all().forEach(channel -> forms.put(channel.name(), text(channel)));
        return new StateForm(forms);
    }

    private static String text(Channel channel) {
        String updates = channel.updateType().equals(channel.type()) ? "" : ", updates are " + channel.updateType();
        return channel.isReduced()
                ? channel.type() + " folded by " + ReducerForm.of(channel) + updates
                : channel.type().toString();
    }

    /** What has changed since a run recorded this, a clause for each component; new and removed components do not count. */
    List<String> changedFrom(Map<String, String> recorded, Channels channels) {
        List<String> changes = new ArrayList<>();
        recorded.forEach((name, form) -> {
            Channel channel = channels.find(name);
            String present = channel == null ? form : byComponent.getOrDefault(channel.name(), form);
            if (!present.equals(form)) {
                changes.add("'" + name + "' was " + form + ", and is " + present);
            }
        });
        return changes;
    }

    /** The components of before that the state does not have any more. */
    static List<String> gone(Map<String, String> recorded, Channels channels) {
        return recorded.keySet().stream()
                .filter(name -> channels.indexOf(name) < 0)
                .sorted()
                .toList();
    }
}
