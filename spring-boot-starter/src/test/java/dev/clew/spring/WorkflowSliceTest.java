package dev.clew.spring;

import static dev.clew.testing.ClewAssertions.assertThat;
import static org.mockito.Mockito.when;

import dev.clew.spring.shop.Bank;
import dev.clew.spring.shop.BillingFlow;
import dev.clew.spring.shop.BillingFlowGraph;
import dev.clew.spring.shop.Order;
import dev.clew.spring.shop.Orders;
import dev.clew.spring.shop.Prices;
import dev.clew.spring.shop.ShopApplication;
import dev.clew.spring.test.SpringClewTest;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The slice: a workflow of the shop, with nothing else of it. */
@SpringClewTest
@ContextConfiguration(classes = ShopApplication.class)
class WorkflowSliceTest {
    @MockitoBean
    private Bank bank;

    @MockitoBean
    private Prices prices;

    @ClewTest
    void billsOnceAlthoughItsProcessCrashes(Lab lab, @Autowired ClewGraphs graphs, @Autowired BillingFlow flow) {
        when(prices.ofPiece()).thenReturn(5);
        when(bank.charge("o-1", 10)).thenReturn("paid");
        var bill = lab.graph(() -> graphs.customize(BillingFlowGraph.builder(flow)))
                .workflow(BillingFlowGraph::bill);
        lab.crashAfter("charge");

        assertThat(bill.invoke(new Order("o-1", 2))).isCompletedWith("paid").executed("charge", 1);
    }

    @Test
    void hasNothingElseOfTheApplication(@Autowired ApplicationContext context) {
        Assertions.assertThat(context.getBeanProvider(BillingFlow.class).getIfAvailable())
                .isNotNull();
        Assertions.assertThat(context.getBeanProvider(Orders.class).getIfAvailable())
                .isNull();
        Assertions.assertThat(context.getBeanProvider(DataSource.class).getIfAvailable())
                .isNull();
    }
}
