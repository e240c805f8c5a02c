package dev.clew.mcp;

import dev.clew.messages.ContentBlock;
import dev.clew.tools.ToolResult;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results of calls in our form: texts and images for the model, structured content for people. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class McpResults {
    private McpResults() {}

    static ToolResult<?> of(McpSchema.CallToolResult result) throws IOException {
        List<ContentBlock> blocks = new ArrayList<>();
        for (McpSchema.Content content : result.content() == null ? List.<McpSchema.Content>of() : result.content()) {
            blocks.add(block(content));
        }
        @Nullable Object structured = result.structuredContent();
        if (blocks.isEmpty() && structured != null) {
            blocks.add(new ContentBlock.Text(McpJsonDefaults.getMapper().writeValueAsString(structured)));
        }
        if (Boolean.TRUE.equals(result.isError())) {
            return ToolResult.error(text(blocks));
        }
        ToolResult<?> made = blocks.stream().allMatch(ContentBlock.Text.class::isInstance)
                ? ToolResult.of(blocks.isEmpty() ? null : text(blocks))
                : ToolResult.of(blocks);
        return structured == null ? made : made.artifact(structured);
    }

    private static String text(List<ContentBlock> blocks) {
        return blocks.stream()
                .filter(ContentBlock.Text.class::isInstance)
                .map(block -> ((ContentBlock.Text) block).text())
                .collect(Collectors.joining("\n"));
    }

    private static ContentBlock block(McpSchema.Content content) {
        if (content instanceof McpSchema.TextContent text) {
            return new ContentBlock.Text(text.text());
        }
        if (content instanceof McpSchema.ImageContent image) {
            return ContentBlock.Image.ofBase64(image.data(), image.mimeType());
        }
        if (content instanceof McpSchema.ResourceLink link) {
            return new ContentBlock.Text("[resource " + link.uri() + "]");
        }
        if (content instanceof McpSchema.EmbeddedResource embedded
                && embedded.resource() instanceof McpSchema.TextResourceContents text) {
            return new ContentBlock.Text(text.text());
        }
        return new ContentBlock.Text("[" + content.type() + " that the model cannot read]");
    }
}
