package dev.clew.processor.lint;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;

/** Short words for code in messages: {@code Instant.now}, {@code new Random}. */
final class Wording {
    private Wording() {}

    static String of(Tree code) {
        if (code instanceof MethodInvocationTree call) {
            return of(call.getMethodSelect()) + "(…)";
        }
        if (code instanceof MemberSelectTree select) {
            return receiver(select.getExpression()) + "." + select.getIdentifier();
        }
        if (code instanceof MemberReferenceTree reference) {
            return receiver(reference.getQualifierExpression()) + "::" + reference.getName();
        }
        if (code instanceof AnnotationTree annotation) {
            return "@" + annotation.getAnnotationType();
        }
        if (code instanceof NewClassTree made) {
            return "new " + made.getIdentifier();
        }
        String text = code.toString();
        return text.lines().count() > 1 || text.length() > 60 ? "this" : text;
    }

    private static String receiver(ExpressionTree expression) {
        boolean isShort = expression instanceof IdentifierTree
                || (expression instanceof MemberSelectTree select && select.getExpression() instanceof IdentifierTree);
        return isShort ? expression.toString() : "…";
    }
}
