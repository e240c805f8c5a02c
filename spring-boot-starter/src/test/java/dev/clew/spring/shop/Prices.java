package dev.clew.spring.shop;

import org.springframework.stereotype.Component;

/** What a piece costs: a bean that bodies get as their context. */
@Component
public class Prices {
    public int ofPiece() {
        return 7;
    }
}
