package dev.holdfast.agent.kernel;

import dev.holdfast.lab.InGuest;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

@InGuest
class LinuxKernelLabTest extends KernelContract {

    private Optional<LinuxKernel> open = Optional.empty();

    @Override
    Kernel open() throws KernelException {
        LinuxKernel kernel = LinuxKernel.open();
        open = Optional.of(kernel);
        return kernel;
    }

    @AfterEach
    void clear() throws KernelException {
        if (open.isPresent()) {
            try (LinuxKernel kernel = open.get()) {
                kernel.apply(
                        kernel.services().stream()
                                .<Step>map(service -> new Step.RemoveService(service.key()))
                                .toList());
            }
        }
    }
}
