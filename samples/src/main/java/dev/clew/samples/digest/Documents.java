package dev.clew.samples.digest;

import dev.clew.samples.digest.DigestFlow.Document;
import dev.clew.samples.digest.DigestFlow.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads text files: Markdown by its headings, other text by size. */
final class Documents {
    private static final int MOST_BYTES = 16 << 20;
    private static final int PLAIN_SECTION = 1_500;
    private static final int LONGEST_SECTION = 6_000;
    private static final Pattern BLANK_LINES = Pattern.compile("\n{2,}");

    private Documents() {}

    static Document read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("'" + file + "' is larger than " + (MOST_BYTES >> 20) + " MB");
        }
        String text = decode(Files.readAllBytes(file));
        if (text.indexOf('\0') >= 0) {
            throw new IOException("'" + file + "' is not a text file");
        }
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean markdown = extension.equals("md") || extension.equals("markdown");
        return markdown ? markdown(name, text) : plain(name, text);
    }

    /** A short hash of a text, in hexadecimal digits: another text has another one. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    static Document markdown(String name, String text) {
        Markdown markdown = Markdown.of(text);
        List<Section> sections = new ArrayList<>();
        for (Section section : markdown.sections()) {
            String title = section.title().isEmpty() ? markdown.title().orElse(name) : section.title();
            sections.addAll(parts(title, section.paragraphs(), LONGEST_SECTION));
        }
        return new Document(markdown.title().orElse(name), sections, hash(text));
    }

    static Document plain(String name, String text) {
        List<String> paragraphs = BLANK_LINES
                .splitAsStream(text.lines().map(String::strip).collect(Collectors.joining("\n")))
                .filter(paragraph -> !paragraph.isEmpty())
                .map(paragraph -> paragraph.replaceAll("\\s+", " "))
                .toList();
        return new Document(name, parts("Part", paragraphs, PLAIN_SECTION), hash(text));
    }

    /** Paragraphs in groups of at most this many characters, unless a single one has more. */
    private static List<Section> parts(String title, List<String> paragraphs, int most) {
        List<List<String>> groups = new ArrayList<>();
        int size = 0;
        for (String paragraph : paragraphs) {
            if (groups.isEmpty() || size + paragraph.length() > most) {
                groups.add(new ArrayList<>());
                size = 0;
            }
            groups.get(groups.size() - 1).add(paragraph);
            size += paragraph.length();
        }
        List<Section> parts = new ArrayList<>();
        for (List<String> group : groups) {
            String number = groups.size() == 1 ? "" : " " + (parts.size() + 1);
            parts.add(new Section(title + number, List.copyOf(group)));
        }
        return parts;
    }

    /** UTF-8, or else Latin-1, which accepts any bytes. */
    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
