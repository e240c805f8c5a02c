package dev.clew.json.form;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Closeable;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Classes whose values would be lost or damaged by storing them. */
public final class Refusals {
    /** {@link Type} covers {@code Class}: reading one would load a class by a name found in the data. */
    private static final List<Class<?>> NEVER = List.of(
            BaseStream.class,
            Iterator.class,
            Enumeration.class,
            Future.class,
            CompletionStage.class,
            Closeable.class,
            Runnable.class,
            Throwable.class,
            Type.class,
            ClassLoader.class);

    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Refusals() {}

    /** Whether a class belongs to the JDK. */
    public static boolean isPlatform(Class<?> type) {
        String name = type.getName();
        return PLATFORM.stream().anyMatch(name::startsWith) && !name.startsWith("javax.money.");
    }

    /** Why no value of this class is stored, else null. */
    public static @Nullable String reason(Class<?> type) {
        if (type.isEnum() || type.isRecord()) {
            return null;
        }
        for (Class<?> never : NEVER) {
            if (never.isAssignableFrom(type)) {
                return type.getName() + " has no stored form: it is a " + never.getSimpleName()
                        + "; return the data itself";
            }
        }
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            return "a lambda or proxy has no stored form; return the data itself";
        }
        return null;
    }

    /** Why no value is read of an interface or abstract class that is not sealed. */
    public static String reasonAsOpen(Class<?> type) {
        String advice = isPlatform(type) || !Advice.isSpecial(type)
                ? "declare a record, a sealed type or a concrete class"
                : Advice.on(type);
        if (type.isAnnotationPresent(JsonTypeInfo.class)) {
            advice = "@JsonTypeInfo is not followed, since stored data must not choose a class: make the type sealed";
        }
        return type.getName() + " is an open type: nothing says which class to read; " + advice;
    }

    /** Why a class without a form of its own is no bean, else null. */
    public static @Nullable String reasonAsBean(Class<?> type) {
        if (isPlatform(type)) {
            return type.getName() + " has no stored form";
        }
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return type.getName() + " is a local class and cannot be read back; use a record";
        }
        return null;
    }
}
