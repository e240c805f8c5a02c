package dev.clew.processor.graph;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.processor.read.Attributes;
import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Location;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Judges the members of a graph by their names and annotations, before anything that is in them. */
public final class MemberValidator {
    /** What users import statically: a method of that name hides it. */
    private static final Set<String> HIDING = Set.of("update", "fresh");

    private final GraphMembers members;
    private final Findings findings;

    MemberValidator(GraphMembers members, Findings findings) {
        this.members = members;
        this.findings = findings;
    }

    /** Finds that a class has members that only a graph can have, and is none. An abstract class lends them to graphs. */
    public static void outside(TypeElement type, Findings findings) {
        boolean lends = type.getKind().isClass() && type.getModifiers().contains(Modifier.ABSTRACT);
        if (!lends) {
            findings.add(StateGraphRule.GRAPH_UNMARKED.at(Location.of(type), FlowDeclaration.label(type)));
        }
    }

    void validate() {
        Map<String, Element> byName = new HashMap<>();
        for (Element member : members.withRoles()) {
            List<String> roles = GraphMembers.roles(member);
            Location place = Location.of(members.site(member));
            String name = member.getSimpleName().toString();
            if (roles.size() > 1 && !List.of("Task", "Entrypoint").equals(roles)) {
                findings.add(StateGraphRule.METHOD_ROLES.at(place, name, "@" + String.join(", @", roles)));
            } else if (member instanceof ExecutableElement) {
                method(member, byName.putIfAbsent(name, member), place);
            }
            if (HIDING.contains(name) && member instanceof ExecutableElement) {
                findings.add(StateGraphRule.METHOD_RESERVED.at(place, name));
            }
            if (Attributes.of(member, Entrypoint.class).isPresent() && members.isOwn(member)) {
                findings.add(StateGraphRule.GRAPH_ENTRYPOINT.at(place, "entrypoint '" + name + "'"));
            }
        }
        for (GraphMembers.Overridden each : members.overridden()) {
            findings.add(Rule.STEP_OVERRIDDEN.at(
                    Location.of(members.site(each.by())),
                    each.by().getSimpleName(),
                    each.role().toLowerCase(Locale.ROOT),
                    FlowDeclaration.label(GraphMembers.owner(each.method()))));
        }
    }

    /** Nodes of one method name: if their own names are the same, too, that is said of the names. */
    private void method(Element member, @Nullable Element other, Location place) {
        if (other == null || !(isNodeOrHandler(member) || isNodeOrHandler(other))) {
            return;
        }
        boolean isSaid = !nodeName(member).isEmpty() && nodeName(member).equals(nodeName(other));
        if (!isSaid) {
            findings.add(Rule.METHOD_OVERLOADED.at(place, member.getSimpleName()));
        }
    }

    private static boolean isNodeOrHandler(Element member) {
        return Attributes.of(member, Node.class).isPresent()
                || Attributes.of(member, OnError.class).isPresent();
    }

    private static String nodeName(Element member) {
        return Attributes.of(member, Node.class)
                .map(node -> node.text("name")
                        .filter(name -> !name.isEmpty())
                        .orElse(member.getSimpleName().toString()))
                .orElse("");
    }
}
