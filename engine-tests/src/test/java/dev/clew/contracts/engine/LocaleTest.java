package dev.clew.contracts.engine;

import dev.clew.contracts.OnMemory;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What is stored and said does not depend on the machine's language. Arabic has digits of its own, and Turkish has a
 * dotless i: {@code "ID".toLowerCase()} is another word there.
 */
@Isolated
class LocaleTest {
    @Nested
    @ExtendWith(InArabic.class)
    class ArabicAnswers extends AnswersSuite implements OnMemory {}

    @Nested
    @ExtendWith(InArabic.class)
    class ArabicHistory extends HistorySuite implements OnMemory {}

    @Nested
    @ExtendWith(InTurkish.class)
    class TurkishAnswers extends AnswersSuite implements OnMemory {}

    @Nested
    @ExtendWith(InTurkish.class)
    class TurkishHistory extends HistorySuite implements OnMemory {}

    @Nested
    @ExtendWith(InArabic.class)
    class ArabicValues extends ValuesSuite implements OnMemory {}

    @Nested
    @ExtendWith(InTurkish.class)
    class TurkishValues extends ValuesSuite implements OnMemory {}

    /** Runs each test with the digits of Egypt. */
    static final class InArabic extends InLocale {
        InArabic() {
            super(Locale.forLanguageTag("ar-EG"));
        }
    }

    /** Runs each test with the letters of Turkey. */
    static final class InTurkish extends InLocale {
        InTurkish() {
            super(Locale.forLanguageTag("tr-TR"));
        }
    }

    /** Sets the default locale for each test, and puts the former one back. */
    private abstract static class InLocale implements BeforeEachCallback, AfterEachCallback {
        private final Locale locale;
        private final Locale former = Locale.getDefault();

        InLocale(Locale locale) {
            this.locale = locale;
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            Locale.setDefault(locale);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            Locale.setDefault(former);
        }
    }
}
