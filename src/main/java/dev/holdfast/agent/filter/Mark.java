package dev.holdfast.agent.filter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Names made of hashes: short, made of letters and digits, and the same on every machine.
final class Mark {

    /// How the comment of each of our rules begins.
    static final String PREFIX = "hf:";

    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LETTERS = 16;

    private Mark() {}

    /// The comment of a rule: a hash of the rule and of its place. What a tool shows of a rule is
    /// not what it was given, so rules are known by this alone.
    ///
    /// @param chain where it stands
    /// @param position in that chain, among ours
    static String ofRule(String chain, int position, String rule) {
        byte[] hash = sha256(chain + " " + position + " " + rule);
        return PREFIX + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, 12));
    }

    /// 16 capitals and digits (80 bits) that stand for a text, for the name of a chain or a set.
    static String ofText(String text) {
        byte[] hash = sha256(text);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            int bits = (hash[i * 5 / 8] & 255) << 8 | (hash[i * 5 / 8 + 1] & 255);
            letters.append(CAPITALS.charAt(bits >> (11 - i * 5 % 8) & 31));
        }
        return letters.toString();
    }

    /// A hash that stands for a whole text.
    static String ofAll(List<String> lines) {
        MessageDigest digest = sha256();
        for (String line : lines) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    private static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
