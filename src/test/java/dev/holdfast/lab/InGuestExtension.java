package dev.holdfast.lab;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// On this side: runs the class in the guest before its first method, then answers each method with
/// the guest's verdict. Inside the guest: stands aside.
final class InGuestExtension implements BeforeAllCallback, InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(InGuestExtension.class);
    private static final boolean INSIDE = Boolean.getBoolean(GuestRunner.INSIDE);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Class<?> testClass = context.getRequiredTestClass();
        if (INSIDE || testClass.getEnclosingClass() != null) {
            return;
        }
        LabAvailable.check();
        context.getStore(NAMESPACE).put(GuestRun.class, GuestRun.of(testClass));
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        if (INSIDE) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        GuestRun run =
                requireNonNull(context.getStore(NAMESPACE).get(GuestRun.class, GuestRun.class));
        Verdict verdict = run.verdict(context.getUniqueId());
        switch (verdict.outcome()) {
            case PASSED -> {}
            case ABORTED -> throw new TestAbortedException(verdict.detail());
            case FAILED -> throw failure(verdict);
        }
    }

    /// The trace worth reading is the guest's, which is in the message.
    private static AssertionError failure(Verdict verdict) {
        AssertionError error = new AssertionError("in the guest:\n" + verdict.detail());
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        if (INSIDE) {
            return invocation.proceed();
        }
        throw new IllegalStateException("@TestFactory (expected: @Test in a class with @InGuest)");
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    private static void onlyInside(Invocation<@Nullable Void> invocation) throws Throwable {
        if (INSIDE) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }
}
