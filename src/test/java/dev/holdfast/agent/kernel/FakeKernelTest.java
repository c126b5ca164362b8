package dev.holdfast.agent.kernel;

class FakeKernelTest extends KernelContract {

    @Override
    Kernel open() {
        return new FakeKernel();
    }
}
