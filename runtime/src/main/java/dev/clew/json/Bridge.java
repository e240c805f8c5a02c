package dev.clew.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/** Makes Jackson ask the shapes, for whatever no user's module claims. */
final class Bridge extends JacksonModule {
    private final Shapes shapes;

    Bridge(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public String getModuleName() {
        return "dev.clew.json";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new BridgeSerializers(shapes));
        context.addDeserializers(new BridgeDeserializers(shapes));
        context.addSerializerModifier(new Tagging());
    }

    /** Gives beans below a sealed type their discriminator. */
    private static final class Tagging extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            @Nullable
            String tag = serializer instanceof BeanSerializerBase ? Tags.of(description.getBeanClass()) : null;
            return tag == null ? serializer : new TaggedSerializer(tag, serializer);
        }
    }
}
