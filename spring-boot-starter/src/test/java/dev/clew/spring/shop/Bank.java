package dev.clew.spring.shop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Charges, and remembers it. */
@Component
public class Bank {
    private final List<String> charged = new CopyOnWriteArrayList<>();

    public String charge(String order, int cents) {
        charged.add(order + ":" + cents);
        return "receipt-" + order;
    }

    public List<String> charged() {
        return charged;
    }
}
