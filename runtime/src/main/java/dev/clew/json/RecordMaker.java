package dev.clew.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Calls the canonical constructor of a record: the one place where the code is looked up by reflection. */
final class RecordMaker {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Class<?> type;
    private final MethodHandle constructor;

    private RecordMaker(Class<?> type, MethodHandle constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    static RecordMaker of(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(componentTypes(type));
            open(constructor, type);
            return new RecordMaker(type, spread(constructor));
        } catch (ReflectiveOperationException e) {
            throw new Misfit("cannot reach the constructor of " + type.getName(), e);
        }
    }

    /** The parameters of the canonical constructor. */
    static Class<?>[] componentTypes(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
    }

    /** Takes all arguments as one array. A handle has too few slots for the largest records: reflection makes those. */
    private static MethodHandle spread(Constructor<?> constructor) throws ReflectiveOperationException {
        MethodType spread = MethodType.methodType(Object.class, Object[].class);
        try {
            return LOOKUP.unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(spread);
        } catch (IllegalArgumentException tooMany) {
            return LOOKUP.findVirtual(Constructor.class, "newInstance", spread)
                    .bindTo(constructor)
                    .asFixedArity();
        }
    }

    static MethodHandle accessor(Method method) {
        try {
            open(method, method.getDeclaringClass());
            return LOOKUP.unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new Misfit("cannot reach " + method, e);
        }
    }

    Object make(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Error | JacksonException e) {
            throw e;
        } catch (InvocationTargetException e) {
            throw thrown(e.getTargetException());
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    private Misfit thrown(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new Misfit(
                "the constructor of " + type.getName() + " threw "
                        + e.getClass().getName(),
                e);
    }

    private static void open(AccessibleObject member, Class<?> type) {
        if (!member.trySetAccessible()) {
            Module reader = RecordMaker.class.getModule();
            String to = reader.isNamed() ? " to " + reader.getName() : "";
            throw new Misfit("cannot read " + type.getName() + ": module "
                    + type.getModule().getName()
                    + " must open package " + type.getPackageName() + to
                    + ", or export it and the type be public");
        }
    }
}
