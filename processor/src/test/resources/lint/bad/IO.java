import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import java.io.File;
import java.io.FileReader;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Scanner;
import javax.sql.DataSource;

class Flow {
    private final HttpClient http = HttpClient.newHttpClient();

    @Entrypoint
    String go(String input, Run run, @Context DataSource database) throws Exception {
        String text = Files.readString(Path.of(input)); // CLEW107 Files.readString
        boolean there = new File(input).exists(); // CLEW107 new File(input).exists
        FileReader reader = new FileReader(input); // CLEW107 new FileReader(input)
        Socket socket = new Socket("localhost", 1); // CLEW107 new Socket("localhost", 1)
        new URL(input).openStream(); // CLEW107 new URL(input).openStream
        http.send(HttpRequest.newBuilder().build(), HttpResponse.BodyHandlers.ofString()); // CLEW107 http.send
        new ProcessBuilder("ls").start(); // CLEW107 new ProcessBuilder("ls").start
        new Scanner(System.in).nextLine(); // CLEW107 System.in
        try (Connection connection = database.getConnection()) { // CLEW107 database.getConnection
            ResultSet rows = connection.createStatement().executeQuery("select 1"); // CLEW107 connection.createStatement().executeQuery CLEW107 connection.createStatement
            rows.next(); // CLEW107 rows.next
        }
        return text;
    }
}
