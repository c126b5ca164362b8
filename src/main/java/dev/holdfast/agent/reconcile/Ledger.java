package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Remembers what the kernel does not tell: the last weight above 0 of each destination, from which
/// it builds its tables, and which listeners are ours.
final class Ledger {

    private final Map<ServiceKey, Map<DestinationKey, Integer>> lastWeights = new HashMap<>();
    private final OpenedListeners listeners;

    Ledger(OpenedListeners listeners) {
        this.listeners = listeners;
    }

    /// Takes for known what an earlier run of the agent is known to have brought about.
    void trust(Target target) {
        for (TargetService service : target.services().values()) {
            for (TargetDestination one : service.destinations()) {
                learn(service.key(), one.atNominal());
            }
        }
    }

    /// A step the kernel took.
    void taken(Step step) {
        switch (step) {
            case Step.AddDestination(ServiceKey service, KernelDestination destination) ->
                    learn(service, destination);
            case Step.EditDestination(ServiceKey service, KernelDestination destination) ->
                    learn(service, destination);
            case Step.RemoveDestination(ServiceKey service, DestinationKey destination) ->
                    lastWeights.getOrDefault(service, new HashMap<>()).remove(destination);
            case Step.CutDestination(ServiceKey service, KernelDestination destination) ->
                    lastWeights.getOrDefault(service, new HashMap<>()).remove(destination.key());
            case Step.RemoveService removed -> lastWeights.remove(removed.service());
            case Step.AddListener(Listener listener) -> listeners.opened(listener);
            case Step.RemoveListener(Listener listener) -> listeners.closed(listener);
            case Step.AddService _,
                    Step.EditService _,
                    Step.LoadModule _,
                    Step.SetSysctl _,
                    Step.AddTunnel _,
                    Step.RemoveTunnel _,
                    Step.SetLinkUp _,
                    Step.AddRoute _,
                    Step.RemoveRoute _,
                    Step.AddAddress _,
                    Step.RemoveAddress _ -> {}
        }
    }

    /// Those of these listeners that are ours.
    Set<Listener> ours(Set<Listener> some) {
        return listeners.among(some);
    }

    /// A service as the kernel has it. What is no longer there is forgotten.
    SeenService seen(KernelService service) {
        Map<DestinationKey, Integer> before = lastWeights.getOrDefault(service.key(), Map.of());
        Map<DestinationKey, Integer> now = new HashMap<>();
        List<SeenDestination> destinations = new ArrayList<>();
        for (KernelDestination one : service.destinations()) {
            Integer last = one.weight() > 0 ? Integer.valueOf(one.weight()) : before.get(one.key());
            if (last != null) {
                now.put(one.key(), last);
            }
            destinations.add(
                    new SeenDestination(one, last, service.connected().contains(one.key())));
        }
        lastWeights.put(service.key(), now);
        return new SeenService(service.key(), service.scheduling(), destinations);
    }

    void gone(ServiceKey service) {
        lastWeights.remove(service);
    }

    private void learn(ServiceKey service, KernelDestination destination) {
        if (destination.weight() > 0) {
            lastWeights
                    .computeIfAbsent(service, _ -> new HashMap<>())
                    .put(destination.key(), destination.weight());
        }
    }
}
