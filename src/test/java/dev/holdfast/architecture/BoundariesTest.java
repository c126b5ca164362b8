package dev.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundariesTest {

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.holdfast");
    private static final JavaClasses TESTS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.OnlyIncludeTests())
                    .importPackages("dev.holdfast");

    @Test
    void arrowsPointDownOnly() {
        Boundaries.arrows(Boundaries.MAY_USE).check(PRODUCTION);
    }

    @Test
    void theRuleForArrowsCanFail() {
        for (String part : List.of("client", "control", "agent")) {
            Map<String, Set<String>> narrower = new HashMap<>(Boundaries.MAY_USE);
            narrower.put(part, Set.of());
            assertFails(Boundaries.arrows(narrower));
        }
    }

    @Test
    void eachPartUsesOnlyLibrariesItsMachineCanBear() {
        Boundaries.libraries(Boundaries.MAY_USE_LIBRARIES).check(PRODUCTION);
    }

    @Test
    void theRuleForLibrariesCanFail() {
        for (String part : List.of("wire", "client", "agent")) {
            Map<String, List<String>> narrower = new HashMap<>(Boundaries.MAY_USE_LIBRARIES);
            narrower.put(part, List.of());
            assertFails(Boundaries.libraries(narrower));
        }
    }

    @Test
    void nativeCodeHasOneHome() {
        Boundaries.nativeCode("dev.holdfast.netlink.libc").check(PRODUCTION);
    }

    @Test
    void theRuleForNativeCodeCanFail() {
        assertFails(Boundaries.nativeCode("dev.holdfast.nowhere"));
    }

    @Test
    void featuresOfTheControlPlaneStandInNoCircle() {
        Boundaries.noCircles("dev.holdfast.control.(*)..").check(PRODUCTION);
    }

    @Test
    void theRuleForCirclesCanFail() {
        JavaClasses circle =
                new ClassFileImporter().importPackages("dev.holdfast.architecture.circle");
        assertThatThrownBy(() ->
                        Boundaries.noCircles("dev.holdfast.architecture.circle.(*)..")
                                .check(circle))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> said =
                PRODUCTION.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackageName)
                        .collect(java.util.stream.Collectors.toSet());
        assertThat(PRODUCTION.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(said);
    }

    @Test
    void testsHaveNamesThatMakeThemRun() {
        List<String> neverRun =
                TESTS.stream()
                        .filter(type ->
                                type.getMethods().stream()
                                        .anyMatch(m -> m.isAnnotatedWith(Test.class)))
                        .map(type -> type.getName().replaceAll("\\$.*", ""))
                        .filter(name -> !name.matches(".*(Test|IT)"))
                        .filter(name -> !name.endsWith("Contract")) // run by those that extend them
                        .toList();
        assertThat(neverRun).as("classes with tests that Maven does not start").isEmpty();
    }

    private static void assertFails(ArchRule rule) {
        assertThatThrownBy(() -> rule.check(PRODUCTION)).isInstanceOf(AssertionError.class);
    }
}
