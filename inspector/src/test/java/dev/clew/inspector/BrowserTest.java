package dev.clew.inspector;

import dev.clew.inspector.fixture.ShopServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test with a server of its own, which the one browser of this process looks at: a browser takes longer to start than most
 * tests run. A server's port is an origin of its own, so nothing that a page keeps is there for another test.
 */
@Timeout(120)
@ExtendWith(NeedsBrowser.class)
@ResourceLock("browser")
abstract class BrowserTest {
    ShopServer shop;
    Browser browser;

    @BeforeEach
    void open(Browser shared) {
        shop = ShopServer.start();
        browser = shared;
        browser.reset();
    }

    @AfterEach
    void close() {
        browser.visit("about:blank");
        shop.close();
    }

    /** Looks at another server from now on. */
    void serve(ShopServer other) {
        shop.close();
        shop = other;
    }

    /** Shows a place of the page. */
    void visit(String place) {
        browser.visit(shop.uri() + "/clew/#/" + place);
    }

    void ran(String thread, String assistant, String input) {
        Screenshots.ran(shop.uri(), thread, assistant, input);
    }

    String get(String path) {
        return Screenshots.get(shop.uri() + path);
    }

    String post(String path, String body) {
        return Screenshots.post(shop.uri() + path, body);
    }

    String state(String thread) {
        return get("/threads/" + thread + "/state");
    }
}
