package dev.clew.json.shape;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.clew.json.form.Advice;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Refusals;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.util.Map;
import tools.jackson.core.JsonParser;

/** An interface or abstract class that is not sealed: nothing says which class to read, so it has digests only. */
public final class OpenShape extends PlainShape {
    public OpenShape(Class<?> type, Shapes shapes) {
        super(type, shapes);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        throw unreadable();
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        if (!sink.canonical()) {
            throw unreadable();
        }
        super.writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        throw unreadable();
    }

    private Misfit unreadable() {
        String advice = Refusals.isPlatform(type()) || !Advice.isSpecial(type())
                ? "declare a record, a sealed type or a concrete class"
                : Advice.on(type());
        if (type().isAnnotationPresent(JsonTypeInfo.class)) {
            advice = "@JsonTypeInfo is not followed, since stored data must not choose a class: make the type sealed";
        }
        return new Misfit(type().getName() + " is an open type: nothing says which class to read; " + advice);
    }
}
