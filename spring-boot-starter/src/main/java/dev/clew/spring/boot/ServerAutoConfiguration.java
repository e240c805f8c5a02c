package dev.clew.spring.boot;

import dev.clew.Graph;
import dev.clew.server.AgentServer;
import dev.clew.server.AgentServlet;
import dev.clew.server.auth.Authenticator;
import dev.clew.spring.AgentServerCustomizer;
import dev.clew.spring.ClewProperties;
import dev.clew.spring.ClewProperties.ServerProperties;
import dev.clew.store.Store;
import jakarta.servlet.Servlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;

/** Serves the application's graphs over HTTP, in its own web server and behind its own filters. */
@AutoConfiguration(after = ClewAutoConfiguration.class)
@ConditionalOnClass({AgentServlet.class, Servlet.class, ServletRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Graph.class)
@ConditionalOnProperty(name = "clew.server.enabled", matchIfMissing = true)
public final class ServerAutoConfiguration {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    AgentServlet clewServlet(
            ObjectProvider<Graph> graphs,
            ObjectProvider<Store> store,
            ObjectProvider<Authenticator> authenticator,
            ObjectProvider<AgentServerCustomizer> customizers,
            ClewProperties properties,
            Environment environment) {
        ServerProperties said = properties.server();
        AgentServer.Builder server = AgentServer.builder()
                .basePath(environment.getProperty("server.servlet.context-path", "") + said.path())
                .inspector(said.inspector());
        graphs.orderedStream().forEach(server::graph);
        store.ifUnique(server::store);
        authenticator.ifUnique(server::authenticator);
        if (said.insecure()) {
            server.insecure();
        }
        customizers.orderedStream().forEach(each -> each.customize(server));
        return server.servlet();
    }

    @Bean
    @ConditionalOnMissingBean(name = "clewServletRegistration")
    ServletRegistrationBean<AgentServlet> clewServletRegistration(AgentServlet servlet, ClewProperties properties) {
        ServletRegistrationBean<AgentServlet> registration =
                new ServletRegistrationBean<>(servlet, properties.server().path() + "/*");
        registration.setName("clew");
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    ServerLifecycle clewServerLifecycle(AgentServlet servlet) {
        return new ServerLifecycle(servlet);
    }

    /** Whom Spring Security let through is who asks. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Authentication.class)
    static class Security {
        @Bean
        @ConditionalOnMissingBean(Authenticator.class)
        Authenticator clewAuthenticator(ClewProperties properties) {
            return new SpringSecurityAuthenticator(properties.server().insecure());
        }
    }
}
