package dev.holdfast.control.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// COMMIT-ORDER with many writers at once.
@WithControlPlane
class ManyWritersIT {

    private static final int WRITERS = 12;
    private static final int WRITES_OF_EACH = 10;

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    @Test
    void everyWriteGetsTheNextNumberAndNoneIsLeftOut() throws Exception {
        SiteOfATest site = api.newSite();

        List<Answer> answers =
                atOnce(writer -> {
                    List<Answer> mine = new ArrayList<>();
                    for (int i = 0; i < WRITES_OF_EACH; i++) {
                        String address = "10.2." + writer + "." + (i + 1);
                        mine.add(site.put("nodes/lb" + writer, "{'address': '" + address + "'}"));
                    }
                    return mine;
                });

        int writes = WRITERS * WRITES_OF_EACH;
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 201));
        assertThat(answers.stream().map(Answer::etag).sorted())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, writes + 1).boxed().toList());
        assertThat(numbers(site))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, writes + 1).boxed().toList());
    }

    @Test
    void ofTwoWritersWhoSawTheSameOneWins() throws Exception {
        SiteOfATest site = api.newSite();
        long seen = site.put("nodes/lb", "{'address': '10.2.1.1'}").etag();

        List<Answer> answers =
                atOnce(writer -> {
                    String body = "{'address': '10.2.2." + (writer + 1) + "'}";
                    return List.of(site.put("nodes/lb", body, "If-Match", "\"" + seen + "\""));
                });

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 412)).hasSize(WRITERS - 1);
        site.get("nodes/lb").hasEtag(seen + 1);
    }

    @Test
    void ofManyWhoBeginTheSameSiteOneBeginsIt() throws Exception {
        String path = "/api/v1/sites/" + Api.freshName("begun");

        List<Answer> answers =
                atOnce(_ -> List.of(api.put(path, "{'vipRanges': ['198.51.100.0/24']}")));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 201));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.etag()).isEqualTo(1));
    }

    @Test
    void ofManyWhoWantTheLastAddressOneGetsIt() throws Exception {
        SiteOfATest site = api.newSite("{'vipRanges': ['198.51.100.0/32']}");

        List<Answer> answers = atOnce(writer -> List.of(site.put("vips/v" + writer, "{}")));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(WRITERS - 1);
        assertThat(numbers(site)).containsExactly(1L, 2L);
    }

    private List<Long> numbers(SiteOfATest site) {
        return jdbc.sql(
                        """
                        select r.number from revision r join lineage l on l.id = r.site_id
                        where l.site = ? order by r.number
                        """)
                .param(site.name())
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private interface Writer {
        List<Answer> write(int number);
    }

    private static List<Answer> atOnce(Writer writer) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<List<Answer>>> tasks = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            int mine = number;
            tasks.add(() -> {
                start.await();
                return writer.write(mine);
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> done : threads.invokeAll(tasks)) {
                answers.addAll(answersOf(done));
            }
            return answers;
        }
    }

    private static List<Answer> answersOf(Future<List<Answer>> done)
            throws InterruptedException, ExecutionException {
        return done.get();
    }
}
