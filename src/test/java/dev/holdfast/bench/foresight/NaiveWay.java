package dev.holdfast.bench.foresight;

import dev.holdfast.bench.Landscape;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.Difference;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// The same answers by making every table of the site anew; without REST, database or history, so
/// that it is as quick as this way can be.
final class NaiveWay {

    private final InetAddress[] hosts = new InetAddress[Landscape.HOSTS];

    NaiveWay() throws UnknownHostException {
        for (int host = 0; host < hosts.length; host++) {
            hosts[host] = InetAddress.getByName(Landscape.address(host));
        }
    }

    /// All tables before and after a change of weight of each service's first backend, compared.
    ///
    /// @return the sum of what moves, so that nothing of the work can be left out
    double plan(int weightOfWide, int weightOfMany) {
        List<Table> before = tables(Landscape.WEIGHT, Landscape.WEIGHT);
        List<Table> after = tables(weightOfWide, weightOfMany);
        double moved = 0;
        for (int i = 0; i < before.size(); i++) {
            moved += Difference.between(before.get(i), after.get(i)).moved();
        }
        return moved;
    }

    /// All tables once, and a look at one.
    int explain(int key) {
        return tables(Landscape.WEIGHT, Landscape.WEIGHT).getFirst().walk(key).slot();
    }

    private List<Table> tables(int firstOfWide, int firstOfMany) {
        List<Table> tables = new ArrayList<>();
        List<Destination> wide = new ArrayList<>();
        for (int host = 0; host < Landscape.HOSTS; host++) {
            wide.add(destination(host, host == 0 ? firstOfWide : Landscape.WEIGHT));
        }
        tables.add(table(wide));
        for (int service = 0; service < Landscape.SERVICES; service++) {
            List<Destination> few = new ArrayList<>();
            for (int number = 0; number < Landscape.BACKENDS; number++) {
                int weight = number == 0 ? firstOfMany : Landscape.WEIGHT;
                few.add(destination(Landscape.host(service, number), weight));
            }
            tables.add(table(few));
        }
        return tables;
    }

    private Destination destination(int host, int weight) {
        return Destination.serving(hosts[host], Landscape.PORT, weight);
    }

    private static Table table(List<Destination> oldestFirst) {
        return Table.ofAscending(TableSize.DEFAULT, ServiceFamily.IPV4, oldestFirst);
    }
}
