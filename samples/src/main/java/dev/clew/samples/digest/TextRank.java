package dev.clew.samples.digest;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Ranks sentences by TextRank: R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004. Sentences
 * that share words vote for each other, and a vote counts more the more votes its sentence has: PageRank on the graph
 * of their similarity.
 *
 * <p>What a reader asks for comes in as in T. Haveliwala, "Topic-Sensitive PageRank", WWW 2002: the walk over the graph
 * starts anew at sentences of the topic, not anywhere.
 */
final class TextRank {
    private static final double CLOSE_ENOUGH = 1e-6;
    private static final int MOST_ROUNDS = 100;

    private TextRank() {}

    /**
     * The rank of each sentence; all ranks together are 1.
     *
     * @param sentences the stems of each sentence
     * @param starts how likely the walk starts at each sentence, compared with the others; at least one is positive
     * @param damping how likely the walk goes on instead of starting anew; 0.85 in the paper
     */
    static double[] rank(List<Set<String>> sentences, double[] starts, double damping) {
        double[][] votes = votes(sentences);
        double[] start = scaled(starts);
        double[] rank = start;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = step(votes, start, rank, damping);
            if (distance(next, rank) < CLOSE_ENOUGH) {
                return next;
            }
            rank = next;
        }
        return rank;
    }

    /** Row i: how i divides its vote among the sentences that are like it; all zero if none is. */
    private static double[][] votes(List<Set<String>> sentences) {
        int n = sentences.size();
        double[][] votes = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                votes[i][j] = votes[j][i] = similarity(sentences.get(i), sentences.get(j));
            }
        }
        for (int i = 0; i < n; i++) {
            votes[i] = scaled(votes[i]);
        }
        return votes;
    }

    /** Shared words, weighed against the lengths of both. One is added to a length, whose logarithm might be zero. */
    static double similarity(Set<String> a, Set<String> b) {
        long shared = a.stream().filter(b::contains).count();
        return shared == 0 ? 0 : shared / (StrictMath.log(a.size() + 1.0) + StrictMath.log(b.size() + 1.0));
    }

    private static double[] step(double[][] votes, double[] start, double[] rank, double damping) {
        int n = rank.length;
        double[] next = new double[n];
        double walked = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double part = damping * rank[i] * votes[i][j];
                next[j] += part;
                walked += part;
            }
        }
        for (int j = 0; j < n; j++) {
            next[j] += (1 - walked) * start[j];
        }
        return next;
    }

    private static double[] scaled(double[] values) {
        double sum = Arrays.stream(values).sum();
        return sum == 0 ? values : Arrays.stream(values).map(v -> v / sum).toArray();
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }
}
