package dev.clew.agents;

import dev.clew.tools.AgentTool;
import dev.clew.tools.ToolRef;
import dev.clew.tools.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools for tests, and what they did. */
final class Travel {
    static final ToolRef BOOK = ToolRef.of("book");

    record City(String city) {}

    record Trip(String to, int days) {}

    /** What happened outside, over crashes: {@code book Rome 3}. */
    final List<String> done = new CopyOnWriteArrayList<>();

    AgentTool weather() {
        return AgentTool.of("weather", "Tells the weather of a city.", City.class, (city, context) -> {
            done.add("weather " + city.city());
            return "sun in " + city.city();
        });
    }

    AgentTool book() {
        return AgentTool.of("book", "Books a trip.", Trip.class, (trip, context) -> {
            done.add("book " + trip.to() + " " + trip.days());
            return Map.of("booked", trip.to());
        });
    }

    AgentTool fails() {
        return AgentTool.of("fails", "Fails.", City.class, (city, context) -> {
            throw new IllegalStateException("no " + city.city());
        });
    }

    AgentTool refuses() {
        return AgentTool.of("refuses", "Says no.", City.class, (city, context) -> ToolResult.error("not there"));
    }

    List<AgentTool> all() {
        return List.of(weather(), book(), fails(), refuses());
    }
}
