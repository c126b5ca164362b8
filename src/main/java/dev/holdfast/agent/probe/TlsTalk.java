package dev.holdfast.agent.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS over another talk. Takes any certificate: whom clients trust is between them and the
/// service; a probe asks whether it speaks, and until when its certificate lasts.
final class TlsTalk implements Talk {

    private final Talk below;
    private final SSLEngine engine;
    private ByteBuffer encrypted;
    private ByteBuffer plain;

    private TlsTalk(Talk below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
        this.encrypted = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
        this.encrypted.flip();
    }

    /// Shakes hands.
    ///
    /// @param name for the server to choose its certificate by; null: none
    static TlsTalk over(Talk below, @Nullable String name) throws IOException {
        TlsTalk talk = new TlsTalk(below, engine(name));
        talk.shakeHands();
        return talk;
    }

    private static SSLEngine engine(@Nullable String name) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            if (name != null && name.matches("[0-9A-Za-z.-]*[A-Za-z][0-9A-Za-z.-]*")) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                engine.setSSLParameters(parameters);
            }
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                case NEED_TASK -> {
                    Runnable task = engine.getDelegatedTask();
                    if (task != null) {
                        task.run();
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    /// Until when the server's certificate lasts, in words.
    String certificate() throws IOException {
        Certificate[] chain = engine.getSession().getPeerCertificates();
        Instant end = ((X509Certificate) chain[0]).getNotAfter().toInstant();
        LocalDate day = end.atZone(ZoneOffset.UTC).toLocalDate();
        return end.isBefore(Instant.now())
                ? "certificate expired on " + day
                : "certificate valid until " + day;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            wrap(rest);
        }
    }

    @Override
    public int receive(byte[] buffer) throws IOException {
        while (!plain.hasRemaining()) {
            if (engine.isInboundDone()) {
                return 0;
            }
            unwrap();
        }
        int count = Math.min(buffer.length, plain.remaining());
        plain.get(buffer, 0, count);
        return count;
    }

    private void wrap(ByteBuffer source) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(source, packet);
        below.send(Arrays.copyOf(packet.array(), packet.position()));
    }

    private void unwrap() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(encrypted, target);
        if (target.position() > 0) {
            plain = target.flip();
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            byte[] more = new byte[engine.getSession().getPacketBufferSize()];
            int count = below.receive(more);
            if (count == 0) {
                throw new EOFException("the other side ended in the middle of TLS");
            }
            ByteBuffer joined = ByteBuffer.allocate(encrypted.remaining() + count);
            encrypted = joined.put(encrypted).put(more, 0, count).flip();
        }
    }

    /// Trusts everybody.
    private static final class Anyone extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
